using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>The same lock, built by BuildKit and by the engine's own builder.</summary>
public sealed class BothBuildersTests : IDisposable
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly AppRepositories _apps = AppRepositories.Require();
    private readonly DockerEngine _engine;
    private readonly TestInstallation _installation;

    public BothBuildersTests()
    {
        _engine = new DockerEngine(_docker.Endpoint, DockerEnvironment.RequireBuildx());
        _installation = new TestInstallation
        {
            Steps = [new AppsStep(), new ImageStep()],
            Git = new GitRemote(),
            Docker = _engine,
            Answers = new AnswerFile
            {
                Site = new SiteAnswers { Name = "erp.example.com" },
                Apps = new AppsAnswers
                {
                    Install = ["crm", "helpdesk", "healthcare"],
                    Override =
                    {
                        ["crm"] = new AppOverride { Url = _apps.HttpUrl("frappe/crm") },
                        ["helpdesk"] = new AppOverride { Url = _apps.HttpUrl("frappe/helpdesk") },
                        ["healthcare"] = new AppOverride
                        {
                            Url = _apps.HttpUrl("earthians/marley"),
                            Ref = "version-15",
                        },
                    },
                },
            },
        };
    }

    [Fact]
    public async Task Both_builders_give_the_same_files_modes_and_labels()
    {
        var byBuildKit = await BuildAsync(ImageBuilder.Buildx);
        var byEngine = await BuildAsync(ImageBuilder.Engine);

        Assert.NotEqual(byBuildKit, byEngine);
        var files = await FilesAsync(byEngine);
        Assert.Contains(
            "./home/frappe/frappe-bench/apps/crm/crm/hooks.py f 644 frappe:frappe ",
            files,
            StringComparison.Ordinal
        );
        Assert.Equal(files, await FilesAsync(byBuildKit));
        Assert.Equal(
            (await LookAsync(byEngine)).Labels.OrderBy(l => l.Key),
            (await LookAsync(byBuildKit)).Labels.OrderBy(l => l.Key)
        );
        Assert.Equal(await ConfigAsync(byEngine), await ConfigAsync(byBuildKit));
    }

    [Fact]
    public async Task Auto_uses_working_buildx_and_publishes_every_part_of_every_app()
    {
        await BuildAsync(ImageBuilder.Auto);

        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Line.EndsWith("by BuildKit", StringComparison.Ordinal)
        );
        AssertProgress("fetching", "crm", "helpdesk", "healthcare");
        AssertProgress("installing", "crm", "helpdesk", "healthcare");
        AssertProgress("building the front end", "crm", "helpdesk");
    }

    [Fact]
    public async Task A_BuildKit_failure_names_its_app()
    {
        _installation.Answers.Apps.Override["crm"] = new AppOverride
        {
            Url = _apps.HttpUrl("frappe/crm"),
            Ref = "out-of-memory",
        };
        Use(ImageBuilder.Buildx);

        var result = await _installation.InstallAsync();

        Assert.Equal(
            "crm: building the front end: killed, most likely by the kernel because memory ran out (exit code 137)",
            result.Message
        );
        Assert.InRange(result.Details.Count, 5, 20);

        // The other apps are not asserted: front ends do not wait for installations, and BuildKit cancels running
        // parts.
        AssertProgress("fetching", "crm", "helpdesk", "healthcare");
    }

    [Fact]
    public async Task An_interruption_stops_BuildKit()
    {
        _installation.Answers.Apps.Override["crm"] = new AppOverride
        {
            Url = _apps.HttpUrl("frappe/crm"),
            Ref = "slow",
        };
        Use(ImageBuilder.Buildx);
        using var stop = new CancellationTokenSource();
        _installation.Listen(e =>
        {
            if (e is Progress p && p.Text.Contains("crm: building the front end", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        });

        var result = await _installation.InstallAsync(cancellation: stop.Token);

        Assert.Equal((int)ExitCode.Interrupted, result.ExitCode);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _installation.Dispose();
        _engine.Dispose();
    }

    private void Use(ImageBuilder builder) =>
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers { Name = $"erp-installer-test/{Guid.NewGuid():N}", Builder = builder },
        };

    private async Task<string> BuildAsync(ImageBuilder builder)
    {
        Use(builder);
        var result = await _installation.InstallAsync(acceptChanges: true);
        Assert.True(result.ExitCode == 0, $"{result.Message}\n{string.Join('\n', result.Details)}");
        return _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;
    }

    private void AssertProgress(string what, params string[] apps)
    {
        var texts = _installation.Events.OfType<Progress>().Select(p => p.Text).ToList();
        Assert.All(apps, a => Assert.Contains(texts, t => t.Contains($"{a}: {what}", StringComparison.Ordinal)));
    }

    private async Task<DockerImage> LookAsync(string image) =>
        (await _engine.FindImageAsync(image, CancellationToken.None))!;

    // Compare the whole image, not only the bench. Files that the engine mounts over a container are excluded.
    private async Task<string> FilesAsync(string image) =>
        (
            await _docker.DockerAsync(
                "run",
                "--rm",
                "--user",
                "root",
                "--network",
                "none",
                "--label",
                _docker.Label,
                image,
                "bash",
                "-c",
                "cd / && find . -xdev \\( -path ./proc -o -path ./sys -o -path ./dev \\) -prune -o -printf '%p %y %m "
                    + "%u:%g %s %l\\n' | grep -Ev '^(\\./etc/(hostname|hosts|resolv.conf)|\\.|\\./etc) ' | sort;"
                    + "cd /home/frappe/frappe-bench && find . -type f -exec sha256sum {} + | sort"
            )
        ).Succeeded();

    private async Task<string> ConfigAsync(string image) =>
        (
            await _docker.DockerAsync(
                "image",
                "inspect",
                "--format",
                "{{json .Config.Env}} {{.Config.Entrypoint}} {{.Config.Cmd}} {{.Config.User}} {{.Config.WorkingDir}} "
                    + "{{json .Config.Volumes}}",
                image
            )
        ).Succeeded();
}
