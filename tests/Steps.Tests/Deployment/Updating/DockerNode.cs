using System.Text.RegularExpressions;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Updating;

/// <summary>
/// Runs groups of the product's jobs on the test's Docker engine, as Nomad's driver does: with the task's image,
/// command, environment, aliases, mounts and rendered templates. Limits and published ports are left out.
/// </summary>
internal sealed partial class DockerNode(DockerEnvironment docker, IReadOnlyDictionary<string, string> secrets)
    : IDisposable
{
    private static readonly Dictionary<string, string> StandIns = new()
    {
        ["mariadb:10.6"] = DockerEnvironment.MariaDb,
        ["redis:6.2-alpine"] = DockerEnvironment.Redis,
        ["frappe/erpnext:v15.75.1"] = DockerEnvironment.Runtime,
    };

    // For the owner of each image; Nomad would give each file its own owner and mode.
    private const UnixFileMode Readable =
        UnixFileMode.UserRead
        | UnixFileMode.GroupRead
        | UnixFileMode.OtherRead
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherExecute;

    private readonly TemporaryDirectory _files = new();
    private readonly HashSet<string> _volumes = [];
    private int _number;

    /// <summary>Name of the network, and the beginning of all names.</summary>
    public string Name { get; } = $"node-{Guid.NewGuid():N}"[..17];

    public async Task CreateNetworkAsync() =>
        (await docker.DockerAsync("network", "create", "--label", docker.Label, Name)).Succeeded();

    /// <summary>Starts one allocation of a group that serves. Returns the container's name.</summary>
    public async Task<string> StartAsync(JobGroup group)
    {
        var name = $"{Name}-{group.Name}-{++_number}";
        (
            await docker.DockerAsync([
                "run",
                "--detach",
                "--name",
                name,
                .. Arguments(group, group.Tasks.Single(), name),
            ])
        ).Succeeded();
        return name;
    }

    /// <summary>
    /// Runs the tasks of a group that runs once, in their order, until one fails. Returns its exit code and output.
    /// </summary>
    public async Task<ProgramRun> RunOnceAsync(JobGroup group, string environment = "")
    {
        var run = new ProgramRun(0, "");
        foreach (var task in group.Tasks.OrderByDescending(t => t.Prestart))
        {
            string[] extra = environment.Length == 0 ? [] : ["--env", environment];
            run = await docker.DockerAsync([
                "run",
                "--rm",
                .. extra,
                "--env",
                "LAST_WORDS_SECONDS=0",
                .. Arguments(group, task, $"once-{++_number}"),
            ]);
            if (run.ExitCode != 0)
            {
                return run;
            }
        }

        return run;
    }

    /// <summary>Stops a container as Nomad does: SIGTERM, SIGKILL after 5 s.</summary>
    public async Task StopAsync(string container)
    {
        (await docker.DockerAsync("stop", "--time", "5", container)).Succeeded();
        await docker.DockerAsync("rm", "--force", "--volumes", container);
    }

    public async Task<string> AddressAsync(string container) =>
        (
            await docker.DockerAsync(
                "inspect",
                "--format",
                "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                container
            )
        ).Succeeded();

    public Task<ProgramRun> BashAsync(string container, string line) =>
        docker.DockerAsync("exec", container, "bash", "-c", line);

    public async Task RemoveAsync()
    {
        var left = (await docker.DockerAsync("ps", "--all", "--quiet", "--filter", $"name=^{Name}-")).Succeeded();
        var containers = left.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await docker.DockerAsync(["rm", "--force", "--volumes", .. containers]);
        await docker.DockerAsync(["volume", "rm", "--force", .. _volumes]);
        await docker.DockerAsync("network", "rm", Name);
    }

    public void Dispose() => _files.Dispose();

    private string[] Arguments(JobGroup group, JobTask task, string allocation)
    {
        var arguments = new List<string> { "--init", "--label", docker.Label, "--network", Name };
        arguments.AddRange(
            group.Meta.SelectMany(m => new[] { "--env", $"NOMAD_META_{m.Key.ToUpperInvariant()}={m.Value}" })
        );
        arguments.AddRange(task.Aliases.SelectMany(a => new[] { "--network-alias", a }));
        arguments.AddRange(task.DnsOptions.SelectMany(o => new[] { "--dns-option", o }));
        arguments.AddRange(task.Env.SelectMany(e => new[] { "--env", $"{e.Key}={e.Value}" }));
        arguments.AddRange(task.Mounts.SelectMany(Mount));
        foreach (var directory in (string[])["local", "secrets"])
        {
            Directory.CreateDirectory(_files.In($"{allocation}/{directory}"));
            arguments.AddRange(["--volume", $"{_files.In($"{allocation}/{directory}")}:/{directory}"]);
        }

        foreach (var template in task.Templates)
        {
            var file = _files.In($"{allocation}/{template.Destination}");
            File.WriteAllText(
                file,
                VariableItem().Replace(template.Text, found => secrets[found.Groups["item"].Value])
            );
            File.SetUnixFileMode(file, Readable);
        }

        arguments.Add(StandIns.GetValueOrDefault(task.Image, task.Image));
        return [.. arguments, .. task.Command is null ? [] : new[] { task.Command }, .. task.Args];
    }

    private string[] Mount(JobMount mount)
    {
        if (mount.Volume is null)
        {
            return ["--tmpfs", $"{mount.Target}:mode=1777"];
        }

        _volumes.Add($"{Name}-{mount.Volume}");
        return ["--volume", $"{Name}-{mount.Volume}:{mount.Target}"];
    }

    [GeneratedRegex(@"\{\{with nomadVar ""[^""]+""\}\}\{\{\.(?<item>\w+)\}\}\{\{end\}\}")]
    private static partial Regex VariableItem();
}
