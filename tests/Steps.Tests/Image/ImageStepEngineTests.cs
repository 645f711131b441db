using System.Text.Json;
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

/// <summary>A real Docker engine builds the image from stand-ins of Frappe's images and from cloned apps.</summary>
public sealed class ImageStepEngineTests : IDisposable
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly AppRepositories _apps = AppRepositories.Require();
    private readonly DockerEngine _engine;
    private readonly TestInstallation _installation;

    // A name of its own, so that images of earlier runs do not interfere.
    private readonly string _name = $"erp-installer-test/{Guid.NewGuid():N}";

    public ImageStepEngineTests()
    {
        _engine = new DockerEngine(_docker.Endpoint);
        _installation = new TestInstallation
        {
            Steps = [new AppsStep(), new ImageStep()],
            Git = new GitRemote(),
            Docker = _engine,
            Answers = Answers("helpdesk", "crm"),
        };
    }

    [Fact]
    public async Task The_image_has_every_app_at_its_commit_and_no_build_tools()
    {
        var result = await _installation.InstallAsync();
        var reference = _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;

        Assert.True(result.ExitCode == 0, $"{result.Message}\n{string.Join('\n', result.Details)}");
        var apps = AppsLockFile.Read(_installation.Directory.AppsLock)!;
        Assert.Equal(["telephony", "helpdesk", "crm"], apps.Apps.Select(a => a.Name));
        var image = (await _engine.FindImageAsync(reference, CancellationToken.None))!;
        Assert.All(apps.Apps, a =>
            Assert.Contains(image.Labels, l =>
                l.Key.EndsWith($"app.{a.Name}", StringComparison.Ordinal)
                && l.Value.StartsWith(a.Commit, StringComparison.Ordinal)
            )
        );
        var listing = (
            await _docker.BashAsync(
                reference,
                "sort sites/apps.txt; cat sites/common_site_config.json; find . -name .git; whoami"
            )
        ).Succeeded();
        Assert.Equal(
            ["crm", "erpnext", "frappe", "helpdesk", "telephony", "{}", "frappe"],
            listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim())
        );

        // Each front end was built on its own layer. The index must list the assets of all of them.
        using var index = JsonDocument.Parse(
            (await _docker.BashAsync(reference, "cat sites/assets/assets.json")).Succeeded()
        );
        Assert.Equal(
            ["crm.bundle.js", "desk.bundle.js", "erpnext.bundle.js", "telephony.bundle.js"],
            index.RootElement.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_assets_of_every_app_are_linked_even_if_only_its_front_end_makes_them()
    {
        await InstallAsync();

        var pages = (
            await InImageAsync("for a in crm helpdesk; do cat sites/assets/$a/frontend/index.html; done")
        ).Succeeded();
        Assert.Contains("<title>crm", pages, StringComparison.Ordinal);
        Assert.Contains("<title>helpdesk", pages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Development_files_are_neither_in_the_image_nor_served()
    {
        await InstallAsync();

        var found = (
            await InImageAsync(
                "find apps/crm apps/helpdesk apps/telephony sites/assets/crm/ sites/assets/helpdesk/ \\( -name "
                    + "node_modules -o -name '*.map' "
                    + "-o -name .git -o -name .github -o -name __pycache__ -o -name 'test_*.py' -o -name yarn-cache "
                    + "\\); ls -d apps/*/frontend"
            )
        ).Output;
        Assert.Equal("ls: cannot access 'apps/*/frontend': No such file or directory", found.Trim());
    }

    [Fact]
    public async Task Front_ends_are_built_without_source_maps()
    {
        await InstallAsync();

        var bundles = await InImageAsync("cat sites/assets/crm/frontend/assets/*.js");
        Assert.Contains("const version", bundles.Succeeded(), StringComparison.Ordinal);
        Assert.DoesNotContain("sourceMappingURL", bundles.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_without_its_script_fails_before_the_image_is_tagged()
    {
        await InstallAsync();
        var broken = $"erp-installer-test/{Guid.NewGuid():N}:1";
        await ChangeInImageAsync(Reference, broken, "rm apps/crm/crm/public/frontend/assets/*.js");
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers { Source = ImageSource.Existing, Reference = broken },
        };

        var result = await _installation.InstallAsync(acceptChanges: true);

        Assert.Equal(ErrorCode.ImageContentWrong.Word, result.Error);
        Assert.Contains(": crm has ", result.Message, StringComparison.Ordinal);
    }

    // An app's pip can replace a package of Frappe's by a version that Frappe cannot import.
    [Fact]
    public async Task An_image_in_which_Frappe_does_not_start_is_refused_with_the_packages_that_do_not_fit()
    {
        await InstallAsync();
        var broken = $"erp-installer-test/{Guid.NewGuid():N}:1";
        await ChangeInImageAsync(
            Reference,
            broken,
            "sed -i '1i from sqlglot.parsers import redshift' apps/frappe/frappe/app.py; "
                + "cd $(env/bin/python -c 'import sysconfig; print(sysconfig.get_paths()[\"purelib\"])'); "
                + "for package in 'a1 1 pip>=99' 'a2 1 pip>=99' 'a3 1 pip>=99' "
                + "'sqlglot 27.29.0 pip>=1' 'sql_metadata 3.0.1 sqlglot>=30.12.0'; do "
                + "set -- $package; mkdir $1-$2.dist-info; printf 'Metadata-Version: 2.1\nName: %s\nVersion: %s\n"
                + "Requires-Dist: %s\n' \"$@\" >$1-$2.dist-info/METADATA; done"
        );
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers { Source = ImageSource.Existing, Reference = broken },
        };

        var result = await _installation.InstallAsync(acceptChanges: true);

        Assert.Contains(
            ": frappe ModuleNotFoundError No module named 'sqlglot'; "
                + "sql_metadata needs sqlglot>=30.12.0, but 27.29.0 is installed",
            result.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_second_run_builds_nothing()
    {
        await _installation.InstallAsync();

        var again = await _installation.InstallAsync();

        Assert.Equal(0, again.ExitCode);
        Assert.True(_installation.Events.OfType<StepFinished>().Last(e => e.Step == StepId.Image).Skipped);
    }

    [Fact]
    public async Task An_existing_image_never_gets_the_built_images_tag()
    {
        await _installation.InstallAsync();
        var built = _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;
        var id = (await _engine.FindImageAsync(built, CancellationToken.None))!.Id;

        // It is made from the built image, so it has the same labels.
        var container = (await _docker.DockerAsync("create", "--label", _docker.Label, built)).Succeeded();
        (await _docker.DockerAsync("commit", container, $"{_name}-own:1")).Succeeded();
        await _docker.DockerAsync("rm", container);
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers
            {
                Name = _name,
                Source = ImageSource.Existing,
                Reference = $"{_name}-own:1",
            },
        };
        var own = await _installation.InstallAsync(acceptChanges: true);
        var meanwhile = (await _engine.FindImageAsync(built, CancellationToken.None))!.Id;
        _installation.Answers = _installation.Answers with { Image = new ImageAnswers { Name = _name } };
        var back = await _installation.InstallAsync(acceptChanges: true);

        Assert.Equal((0, 0), (own.ExitCode, back.ExitCode));
        Assert.Equal(id, meanwhile);
        Assert.Equal(
            id,
            (
                await _engine.FindImageAsync(
                    _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!,
                    CancellationToken.None
                )
            )!.Id
        );
    }

    [Fact]
    public async Task Nomad_uses_the_registrys_digest()
    {
        var registry = LocalRegistry.RequireAddress();
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers { Name = _name, Registry = registry },
        };

        var result = await _installation.InstallAsync();

        Assert.True(result.ExitCode == 0, result.Message);
        var reference = _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;
        Assert.Matches($"^{registry}/{_name}@sha256:[0-9a-f]{{64}}$", reference);
        using var http = new HttpClient();
        using var manifest = await http.GetAsync(
            $"http://{registry}/v2/{_name}/manifests/"
                + reference[(reference.IndexOf('@', StringComparison.Ordinal) + 1)..]
        );
        Assert.True(manifest.IsSuccessStatusCode, $"{manifest.StatusCode}");
    }

    [Fact]
    public async Task A_killed_app_is_named_with_the_last_lines_of_the_build()
    {
        _installation.Answers = Answers("crm") with
        {
            Apps = Apps("crm", new AppOverride { Url = _apps.HttpUrl("frappe/crm"), Ref = "out-of-memory" }),
        };

        var result = await _installation.InstallAsync();

        Assert.Equal(((int)ExitCode.StepFailed, ErrorCode.BuildFailed.Word), (result.ExitCode, result.Error));
        Assert.Equal(
            "crm: building the front end: killed, most likely by the kernel because memory ran out (exit code 137)",
            result.Message
        );
        Assert.InRange(result.Details.Count, 5, 20);
        Assert.True(File.Exists(_installation.Directory.In("build.log")));
    }

    [Fact]
    public async Task A_commit_that_vanished_from_its_repository_fails_with_a_hint()
    {
        _installation.Steps = [new AppsStep()];
        await _installation.InstallAsync();
        _installation.Steps = [new AppsStep(), new ImageStep()];
        var apps = AppsLockFile.Read(_installation.Directory.AppsLock)!;
        AppsLockFile.Write(
            _installation.Directory.AppsLock,
            apps with
            {
                Apps = [apps.Apps[0] with { Commit = new string('0', 40) }, .. apps.Apps.Skip(1)],
            }
        );

        var result = await _installation.InstallAsync(acceptChanges: true);

        Assert.Equal(ErrorCode.BuildFailed.Word, result.Error);
        Assert.Contains("telephony: fetching", result.Message!, StringComparison.Ordinal);
        Assert.Contains("not in the repository any more", result.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_stops_the_build_in_the_engine()
    {
        _installation.Answers = Answers("crm") with
        {
            Apps = Apps("crm", new AppOverride { Url = _apps.HttpUrl("frappe/crm"), Ref = "slow" }),
        };
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
        Assert.Equal(StepStatus.Interrupted, _installation.State().Of(StepId.Image).Status);
    }

    [Fact]
    public async Task Control_sequences_in_build_output_reach_neither_events_nor_logs()
    {
        _installation.Answers = Answers("crm") with
        {
            Apps = Apps("crm", new AppOverride { Url = _apps.HttpUrl("frappe/crm"), Ref = "terminal-controls" }),
        };

        await _installation.InstallAsync();

        Assert.DoesNotContain(_installation.Events, e => e.ToString().Contains('\e', StringComparison.Ordinal));
        Assert.DoesNotContain('\e', await File.ReadAllTextAsync(_installation.Directory.InstallLog));
        Assert.DoesNotContain('\e', await File.ReadAllTextAsync(_installation.Directory.In("build.log")));
    }

    public void Dispose()
    {
        _installation.Dispose();
        _engine.Dispose();
    }

    private string Reference => _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;

    private async Task InstallAsync()
    {
        var result = await _installation.InstallAsync();
        Assert.True(result.ExitCode == 0, $"{result.Message}\n{string.Join('\n', result.Details)}");
    }

    private Task<ProgramRun> InImageAsync(string line) => _docker.BashAsync(Reference, line);

    private async Task ChangeInImageAsync(string image, string result, string line)
    {
        var name = $"erp-installer-test-{Guid.NewGuid():N}";
        (
            await _docker.DockerAsync(
                "run",
                "--name",
                name,
                "--network",
                "none",
                "--label",
                _docker.Label,
                "--entrypoint",
                "bash",
                image,
                "-c",
                line
            )
        ).Succeeded();
        (await _docker.DockerAsync("commit", name, result)).Succeeded();
        (await _docker.DockerAsync("rm", "--force", name)).Succeeded();
    }

    private AnswerFile Answers(params string[] install) =>
        new()
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Image = new ImageAnswers { Name = _name },
            Apps = new AppsAnswers
            {
                Install = [.. install],
                Override =
                {
                    ["helpdesk"] = new AppOverride
                    {
                        Url = _apps.HttpUrl("frappe/helpdesk"),
                        Ref = "v1.14.0",
                        Requires = ["telephony"],
                    },
                    ["telephony"] = new AppOverride { Url = _apps.HttpUrl("frappe/telephony"), Ref = "develop" },
                    ["crm"] = new AppOverride { Url = _apps.HttpUrl("frappe/crm") },
                },
            },
        };

    private static AppsAnswers Apps(string name, AppOverride change) =>
        new() { Install = [name], Override = { [name] = change } };
}
