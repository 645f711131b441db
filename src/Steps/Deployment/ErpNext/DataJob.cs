using ErpInstaller.Answers;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The job that holds the data: MariaDB and the three Redis.</summary>
internal sealed class DataJob(StepSettings settings, JobInputs inputs)
{
    private const int MysqlUser = 999;

    private readonly string _job = settings.Answers.Nomad.Job;
    private readonly Topology _topology = Topology.Of(settings, inputs);

    public Job Build()
    {
        var resources = settings.Answers.Resources;
        return ErpNextJobs.NewJob(
            $"{_job}-data",
            "service",
            inputs,
            _topology,
            [
                _topology.Reached(
                    Group("database", Database(resources.Database), DataVolume.Database, "/var/lib/mysql"),
                    "db",
                    3306
                ),
                Redis("redis-cache", resources.RedisCache, Evicting(resources.RedisCache), data: null),
                Redis("redis-queue", resources.RedisQueue, ["--appendonly", "yes"], DataVolume.RedisQueue),
                Redis("redis-socketio", resources.RedisSocketio, ["--save", ""], data: null),
            ]
        );
    }

    private JobGroup Group(string name, JobTask task, DataVolume? data, string directory) =>
        _topology.Data(new JobGroup { Name = name, Tasks = [task] }, data, directory);

    private JobTask Database(ContainerResources resources) =>
        new()
        {
            Name = "mariadb",
            Image = settings.Release.Images.Mariadb,
            Args = settings.Release.MariadbArguments,
            Env = new Dictionary<string, string>
            {
                ["MARIADB_ROOT_PASSWORD_FILE"] = "/secrets/db_root_password",
                ["MARIADB_ROOT_HOST"] = "%",
            },
            Templates =
            [
                ErpNextJobs.Secret(
                    VariablePaths.Database(_job),
                    VariablePaths.RootPassword,
                    "db_root_password",
                    MysqlUser
                ),
            ],
            Mhz = inputs.ToMhz(resources.Cpu),
            Memory = resources.Memory,
        };

    // The image declares /data a volume: kept where the data matters, in memory where it does not.
    private JobGroup Redis(string name, ContainerResources resources, IReadOnlyList<string> options, DataVolume? data)
    {
        var task = new JobTask
        {
            Name = name,
            Image = settings.Release.Images.Redis,
            Command = "redis-server",
            Args = options,
            Mhz = inputs.ToMhz(resources.Cpu),
            Memory = resources.Memory,
        };
        return _topology.Reached(Group(name, _topology.Guarded(task), data, "/data"), name, 6379);
    }

    // Three quarters of the hard limit: Redis must evict before the kernel kills it.
    private static string[] Evicting(ContainerResources resources) =>
        [
            "--save",
            "",
            "--databases",
            CacheDatabase.Count,
            "--maxmemory",
            FormattableString.Invariant($"{resources.Memory * 3 / 4}mb"),
            "--maxmemory-policy",
            "allkeys-lru",
        ];
}
