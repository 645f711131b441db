using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The job that holds the data: MariaDB and the three Redis.</summary>
internal sealed class DataJob(StepSettings settings, JobInputs inputs)
{
    private const int MysqlUser = 999;

    private readonly JobIds _ids = new(settings.Answers.Nomad.Job);
    private readonly Topology _topology = Topology.Of(settings, inputs);

    public Job Build() =>
        ErpNextJobs.NewJob(_ids.Data, inputs, _topology, [.. ContainerGroups.Of(JobRole.Data).Select(Group)]);

    private JobGroup Group(ContainerGroup group)
    {
        var task = group == ContainerGroups.Database ? Database(group) : _topology.Guarded(Redis(group));
        var made = _topology.Data(new JobGroup { Name = group.Group, Tasks = [task] }, group.Data!);
        return _topology.Reached(made, group.Port!);
    }

    private JobTask Database(ContainerGroup group) =>
        inputs.Container(group, group.Tasks[0], settings.Release.Images.Mariadb, settings.Answers) with
        {
            Args = settings.Release.MariadbArguments,
            Env = new Dictionary<string, string>
            {
                ["MARIADB_ROOT_PASSWORD_FILE"] = "/secrets/db_root_password",
                ["MARIADB_ROOT_HOST"] = "%",
            },
            Templates =
            [
                ErpNextJobs.Secret(
                    VariablePaths.Database(_ids.Application),
                    VariablePaths.RootPassword,
                    "db_root_password",
                    MysqlUser
                ),
            ],
        };

    private JobTask Redis(ContainerGroup group)
    {
        var redis = inputs.Container(group, group.Tasks[0], settings.Release.Images.Redis, settings.Answers);
        return group == ContainerGroups.RedisCache
            ? redis with
            {
                Args = [.. redis.Args, .. Evicting(redis.Memory)],
            }
            : redis;
    }

    // Three quarters of the hard limit: Redis must evict before the kernel kills it.
    private static string[] Evicting(int memory) =>
        [
            "--databases",
            CacheDatabase.Count,
            "--maxmemory",
            FormattableString.Invariant($"{memory * 3 / 4}mb"),
            "--maxmemory-policy",
            "allkeys-lru",
        ];
}
