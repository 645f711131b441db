using System.Text.Json;
using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Ids;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>
/// An app does not pin its packages. The first build chooses versions; later builds use the same ones, although the
/// registries have newer ones by then and the builder's cache is empty.
/// </summary>
[Collection(MirroredEngine.Collection)]
public sealed class PinnedPackagesTests(MirroredEngine mirrors) : IAsyncLifetime
{
    private const string Lock = "apps.lock.toml",
        Record = "apps.packages.json";

    private readonly string _name = $"erp-installer-test/{Guid.NewGuid():N}";
    private readonly List<TestInstallation> _hosts = [];
    private DockerEngine _engine = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await mirrors.RequireAsync();
        _engine = new DockerEngine(mirrors.Endpoint, DockerEnvironment.RequireBuildx());
    }

    [Fact]
    public async Task A_second_host_with_lock_and_record_plans_and_builds_the_same_packages()
    {
        var first = Host();
        var image = await BuildAsync(first);
        await MoveOnAsync("1.1.0", "2.1.0", image);

        var second = Host(of: first, Lock, Record);
        var plan = await PlanAsync(second);
        var again = await BuildAsync(second);

        Assert.Contains(plan, c =>
            c is { Subject: "packages of crm", Why: "yarn.lock does not pin all: versions of the record" }
        );
        Assert.Contains(plan, c =>
            c is { Subject: "Python packages of the apps", Why: "1 by the record, newest versions of the others" }
        );
        Assert.Equal(image.Packages, again.Packages);
        Assert.Equal(image.Files, again.Files);
        Assert.Equal(image.AppLayers, again.AppLayers);

        // Proves that the record causes this.
        await MoveOnAsync("1.1.0", "2.1.0", again);
        var third = await BuildAsync(Host(of: first, Lock));
        Assert.Contains("tiny-client==2.1.0", third.Packages, StringComparison.Ordinal);
        Assert.Contains("tiny-ui-1.1.0.tgz", third.Packages, StringComparison.Ordinal);
        Assert.Equal(image.AppLayers["lending"], third.AppLayers["lending"]);
    }

    [Fact]
    public async Task The_same_host_keeps_its_packages_until_update_lock_takes_and_reports_new_ones()
    {
        var host = Host();
        var image = await BuildAsync(host);
        await MoveOnAsync("1.2.0", "2.2.0", image);

        var again = await BuildAsync(host);
        Assert.Equal(image.Packages, again.Packages);
        Assert.Equal(image.Files, again.Files);

        await MoveOnAsync("1.2.0", "2.2.0", again);
        host.UpdateLock = true;
        var updated = await BuildAsync(host);
        Assert.Contains("tiny-client==2.2.0", updated.Packages, StringComparison.Ordinal);
        Assert.Contains(host.Events.OfType<Log>(), l =>
            l.Line.StartsWith("packages whose version changed: tiny-client ", StringComparison.Ordinal)
            && l.Line.EndsWith(" → 2.2.0, tiny-ui 1.0.0 → 1.2.0 of crm", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_plan_with_update_lock_names_the_packages_that_have_newer_versions()
    {
        var host = Host();
        await BuildAsync(host);
        host.UpdateLock = true;
        host.Answers.Apps.Install.Remove("lending");

        Assert.Equal("the record has the newest versions", await PythonPackagesAsync(host));

        // crm requires tiny-client>=1,<3.
        mirrors.Publish("python", "tiny-client", "2.3.0", "version = '2.3.0'\n");
        mirrors.Publish("python", "tiny-client", "3.0.0", "version = '3.0.0'\n");
        Assert.Equal("newer for apps that are built again: tiny-client 2.0.0 → 2.3.0", await PythonPackagesAsync(host));

        host.Answers = host.Answers with { Image = host.Answers.Image with { PythonIndex = "https://127.0.0.1:1/" } };
        Assert.Equal(
            "newest versions; install.log will say which changed (the index names no version of tiny-client)",
            await PythonPackagesAsync(host)
        );
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _hosts.ForEach(h => h.Dispose());
        _engine?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <param name="of">The host from which files are copied.</param>
    private TestInstallation Host(TestInstallation? of = null, params string[] copied)
    {
        var host = new TestInstallation
        {
            Steps = [new AppsStep(), new ImageStep()],
            Git = new GitRemote(),
            Docker = _engine,
            Rehearsal = false,
            Answers = new AnswerFile
            {
                Site = new SiteAnswers { Name = "erp.example.com" },
                Image = new ImageAnswers
                {
                    Name = _name,
                    NpmRegistry = $"{mirrors.Address}/open/npm/",
                    PythonIndex = $"{mirrors.Address}/open/pypi/simple",
                    GitMirror = $"{mirrors.Address}/open/github",
                    CaCertificate = mirrors.Company,
                },
                Apps = new AppsAnswers
                {
                    Install = ["crm", "lending"],
                    Override = { ["lending"] = new AppOverride { Ref = "main" } },
                },
            },
        };
        _hosts.Add(host);
        foreach (var file in copied)
        {
            Directory.CreateDirectory(host.Directory.Path);
            File.Copy(of!.Directory.In(file), host.Directory.In(file));
        }

        return host;
    }

    // Later: the registries have newer versions, and image and caches are gone.
    private async Task MoveOnAsync(string npm, string python, Built image)
    {
        mirrors.Publish("npm", "tiny-ui", npm, $"module.exports = 'tiny-ui {npm}'\n");
        mirrors.Publish("python", "tiny-client", python, $"version = '{python}'\n");
        await mirrors.DockerAsync("rmi", "--force", image.Reference);
        await mirrors.ForgetAsync();
    }

    private static async Task<IReadOnlyList<PlannedChange>> PlanAsync(TestInstallation host)
    {
        await new Planner(host.Open()).PlanAsync(CancellationToken.None);
        return [.. host.Events.OfType<StepPlanned>().SelectMany(p => p.Changes)];
    }

    private static async Task<string> PythonPackagesAsync(TestInstallation host) =>
        (await PlanAsync(host)).Last(c => c.Subject == "Python packages of the apps").Why;

    private async Task<Built> BuildAsync(TestInstallation host)
    {
        var result = await host.InstallAsync(acceptChanges: true);
        Assert.True(result.ExitCode == 0, $"{result.Message}\n{string.Join('\n', result.Details)}");
        var reference = host.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;
        var packages = await File.ReadAllTextAsync(host.Directory.In(Record));
        var files = await mirrors.DockerAsync(
            "run",
            "--rm",
            "--network",
            "none",
            reference,
            "bash",
            "-c",
            "find . -type f -exec sha256sum {} + | sort -k 2; cat ../packages.json"
        );

        // As app.Dockerfile copies them: for each app its code and the output of its front end.
        var bases = await LayersAsync("frappe/erpnext:v15.75.1");
        var apps = (await LayersAsync(reference)).Skip(bases.Count).ToList();
        return new Built(
            reference,
            packages,
            files,
            new Dictionary<string, string> { ["crm"] = $"{apps[0]} {apps[1]}", ["lending"] = $"{apps[2]} {apps[3]}" }
        );
    }

    private async Task<List<string>> LayersAsync(string image) =>
        JsonSerializer.Deserialize<List<string>>(
            await mirrors.DockerAsync("image", "inspect", "--format", "{{json .RootFS.Layers}}", image)
        )!;

    private sealed record Built(
        string Reference,
        string Packages,
        string Files,
        IReadOnlyDictionary<string, string> AppLayers
    );
}
