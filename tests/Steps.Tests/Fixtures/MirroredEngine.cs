using System.Diagnostics;
using System.Formats.Tar;
using System.Text;
using System.Text.Json;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// A Docker engine whose containers reach only three mirrors, which need a login. It has stand-ins for
/// Frappe's images (<c>tests/setup/mirrored-engine.sh</c>). It is started when the first test asks for it.
/// </summary>
public sealed class MirroredEngine : IDisposable
{
    /// <summary>Passwords of <c>npm-robot</c>, <c>pypi-robot</c> and <c>git-robot</c>.</summary>
    public const string NpmPassword = "canary-npm-71c",
        PythonPassword = "canary pypi \"82d",
        GitPassword = "canary-git-93e";

    /// <summary>The name of the test collection that shares one engine.</summary>
    public const string Collection = "mirrored engine";

    private const string GitTrust = "GIT_SSL_CAINFO";

    private readonly TemporaryDirectory _directory = new();
    private readonly string? _gitTrust = Environment.GetEnvironmentVariable(GitTrust);
    private Process? _process;

    /// <summary>The mirrors' address, by HTTPS: <see cref="Company"/> signed for it.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The proxy that opens TLS, as the variable <c>https_proxy</c>.</summary>
    public string Proxy => $"http://{new Uri(Address).Host}:3128";

    /// <summary>A PEM file with the authority.</summary>
    public string Company => _directory.In("company.pem");

    private string Packages => _directory.In("packages");

    /// <summary>The engine by the docker command.</summary>
    public Uri Endpoint => new($"unix://{_directory.In("docker.sock")}");

    /// <summary>
    /// Starts the engine, or resets it: one version of each package, and nothing built. The running
    /// test is skipped if the engine cannot start.
    /// </summary>
    public async Task RequireAsync()
    {
        DockerEnvironment.Require();
        var apps = AppRepositories.Require();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, for a network namespace");
        if (_process is null)
        {
            await StartAsync(apps);
        }
        else
        {
            Directory.Delete(Packages, recursive: true);
        }

        Publish("npm", "tiny-ui", "1.0.0", "module.exports = 'tiny-ui 1.0.0'\n");
        Publish("python", "tiny-client", "2.0.0", "version = '2.0.0'\n");
        await ForgetAsync();
    }

    /// <summary>Puts a version of a package on a mirror.</summary>
    /// <param name="kind"><c>npm</c> or <c>python</c>.</param>
    public void Publish(string kind, string name, string version, string text)
    {
        var versions = Directory.CreateDirectory(Path.Combine(Packages, kind, name));
        File.WriteAllText(Path.Combine(versions.FullName, version), text);
    }

    /// <summary>The requests since the last call.</summary>
    /// <returns><c>MIRROR USER PATH STATUS</c> and <c>dns NAME</c>.</returns>
    public IReadOnlyList<string> TakeLog()
    {
        var path = Path.Combine(Packages, "log");
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        File.Delete(path);
        return lines;
    }

    /// <summary>Runs the docker command and returns its output.</summary>
    public async Task<string> DockerAsync(params string[] arguments)
    {
        var command = new ProcessStartInfo("docker", ["--host", Endpoint.OriginalString, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        command.Environment["DOCKER_CONFIG"] = DockerEnvironment.RequireBuildx();
        using var run = Process.Start(command)!;
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, $"docker {string.Join(' ', arguments)}: exit code {run.ExitCode}\n{output}");
        return output;
    }

    /// <summary>
    /// The files in all layers of an image, including those that later layers hide. The large layers belong to the base
    /// image and are skipped.
    /// </summary>
    public async Task<IReadOnlyList<(string Name, string Text)>> FilesAsync(string reference)
    {
        using var directory = new TemporaryDirectory();
        await DockerAsync("save", "--output", directory.In("image.tar"), reference);
        await TarFile.ExtractToDirectoryAsync(directory.In("image.tar"), directory.Path, overwriteFiles: false);
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(directory.In("manifest.json")));
        var found = new List<(string Name, string Text)>();
        foreach (var layer in manifest.RootElement[0].GetProperty("Layers").EnumerateArray())
        {
            await using var file = File.OpenRead(directory.In(layer.GetString()!));
            await using var tar = new TarReader(file);
            while (file.Length < 10_000_000 && await tar.GetNextEntryAsync() is { } entry)
            {
                using var content = new StreamReader(entry.DataStream ?? Stream.Null, Encoding.Latin1);
                found.Add((entry.Name, await content.ReadToEndAsync()));
            }
        }

        Assert.Contains(found, f => f.Name.EndsWith("crm/hooks.py", StringComparison.Ordinal));
        return found;
    }

    /// <summary>Forgets everything that was built, as on another host.</summary>
    public Task ForgetAsync() => DockerAsync("builder", "prune", "--all", "--force");

    private async Task StartAsync(AppRepositories apps)
    {
        var script = Repository.In("tests", "setup", "mirrored-engine.sh");
        var started = new ProcessStartInfo("bash", [script, _directory.Path, apps.Directory])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(started)!;
        var line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("ready ", line, StringComparison.Ordinal);
        Address = $"https://{line!.Split(' ')[1]}";

        // This host's git asks the mirror for refs: an administrator has the company's authority among the system's.
        var trusted = _directory.In("trusted.pem");
        var system = await File.ReadAllTextAsync("/etc/ssl/certs/ca-certificates.crt");
        await File.WriteAllTextAsync(trusted, system + await File.ReadAllTextAsync(Company));
        Environment.SetEnvironmentVariable(GitTrust, trusted);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is not null)
        {
            Environment.SetEnvironmentVariable(GitTrust, _gitTrust);
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }

        _directory.Dispose();
    }
}

/// <summary>
/// Tests that share the engine. They run one after the other, because they change the packages on the mirrors.
/// </summary>
[CollectionDefinition(MirroredEngine.Collection)]
public sealed class MirroredEngineCollection : ICollectionFixture<MirroredEngine>;
