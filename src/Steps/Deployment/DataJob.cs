using ErpInstaller.Answers;
using ErpInstaller.Engine;

namespace ErpInstaller.Deployment;

/// <summary>The job that holds the data: MariaDB and the three Redis.</summary>
internal sealed class DataJob(StepSettings settings, ErpNextPlace place)
{
    private const int MysqlUser = 999;

    private readonly string _job = settings.Answers.Nomad.Job;

    public Job Build()
    {
        var resources = settings.Answers.Resources;
        return ErpNextJobs.NewJob($"{_job}-data", "service", place,
        [
            new JobGroup { Name = "database", Tasks = [Database(resources.Database)] },
            new JobGroup { Name = "redis-cache", Tasks = [Redis("redis-cache", resources.RedisCache, Evicting(resources.RedisCache), volume: null)] },
            new JobGroup { Name = "redis-queue", Tasks = [Redis("redis-queue", resources.RedisQueue, ["--appendonly", "yes"], $"{_job}-redis-queue-data")] },
            new JobGroup { Name = "redis-socketio", Tasks = [Redis("redis-socketio", resources.RedisSocketio, ["--save", ""], volume: null)] },
        ]);
    }

    private JobTask Database(ContainerResources resources) => new()
    {
        Name = "mariadb",
        Image = settings.Release.Images.Mariadb,
        Args = settings.Release.MariadbArguments,
        Network = _job,
        Aliases = ["db"],
        Mounts = [new JobMount($"{_job}-db-data", "/var/lib/mysql")],
        Env = new Dictionary<string, string> { ["MARIADB_ROOT_PASSWORD_FILE"] = "/secrets/db_root_password", ["MARIADB_ROOT_HOST"] = "%" },
        Templates = [ErpNextJobs.Secret(VariablePaths.Database(_job), VariablePaths.RootPassword, "db_root_password", MysqlUser)],
        Mhz = place.Node.ToMhz(resources.Cpu),
        Memory = resources.Memory,
    };

    // The image declares /data a volume: kept by name where the data matters, in memory where it does not.
    private JobTask Redis(string name, ContainerResources resources, IReadOnlyList<string> options, string? volume) => new()
    {
        Name = name,
        Image = settings.Release.Images.Redis,
        Command = "redis-server",
        Args = options,
        Network = _job,
        Aliases = [name],
        Mounts = [new JobMount(volume, "/data")],
        Mhz = place.Node.ToMhz(resources.Cpu),
        Memory = resources.Memory,
    };

    // Three quarters of the hard limit: Redis must evict before the kernel kills it.
    private static string[] Evicting(ContainerResources resources) =>
        ["--save", "", "--maxmemory", FormattableString.Invariant($"{resources.Memory * 3 / 4}mb"), "--maxmemory-policy", "allkeys-lru"];
}
