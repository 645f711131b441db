using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>The image step with a simulated engine.</summary>
public sealed class ImageStepTests : IDisposable
{
    private readonly TestInstallation _installation = new() { Steps = [new AppsStep(), new ImageStep()] };

    public ImageStepTests() =>
        _installation.Docker = new RehearsedDocker(TimeProvider.System, _installation.Directory.In("docker.json"));

    private string Reference => _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;

    [Fact]
    public async Task The_tag_is_the_release_and_the_start_of_the_locks_fingerprint()
    {
        var result = await _installation.InstallAsync();

        Assert.True(result.ExitCode == 0, result.Message);
        var fingerprint = AppsLockFile.Read(_installation.Directory.AppsLock)!.Fingerprint();
        Assert.Equal($"erpnext-full:v15.75.1-{fingerprint[..12]}", Reference);
    }

    [Fact]
    public async Task A_second_run_in_another_process_finds_the_image()
    {
        await _installation.InstallAsync();
        _installation.Docker = new RehearsedDocker(TimeProvider.System, _installation.Directory.In("docker.json"));

        var result = await _installation.InstallAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.True(_installation.Events.OfType<StepFinished>().Last(e => e.Step == StepId.Image).Skipped);
    }

    [Fact]
    public async Task Progress_names_every_app_counts_and_never_goes_back()
    {
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers { Registry = "registry.example.com:5000" },
        };

        await _installation.InstallAsync();

        var progress = _installation.Events.OfType<Progress>().Where(p => p.Step == StepId.Image).ToList();
        foreach (var app in AppsLockFile.Read(_installation.Directory.AppsLock)!.Apps)
        {
            Assert.Contains(progress, p => p.Text.Contains($" {app.Name}: fetching", StringComparison.Ordinal));
            Assert.Contains(progress, p => p.Text.EndsWith($" {app.Name}: installing", StringComparison.Ordinal));
            Assert.Contains(progress, p =>
                p.Text.EndsWith($" {app.Name}: building the front end", StringComparison.Ordinal)
            );
        }

        Assert.Contains(progress, p => p.Text.StartsWith("pulling frappe/build:v15.75.1: ", StringComparison.Ordinal));
        Assert.Contains(progress, p =>
            p.Text.StartsWith("pushing to registry.example.com:5000: ", StringComparison.Ordinal)
        );
        var build = progress
            .SkipWhile(p => p.Text.StartsWith("pulling", StringComparison.Ordinal))
            .Select(p => p.Ratio!.Value)
            .ToList();
        Assert.Equal(build.Order(), build);
        Assert.True(build[0] >= progress[0].Ratio, "the build goes on where pulling ended");
        Assert.Equal(1, build[^1]);
    }

    [Fact]
    public async Task The_log_warns_that_Nomad_may_remove_an_image_without_a_registry()
    {
        await _installation.InstallAsync();

        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Line.Contains("gc { image = false }", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(ImageBuilder.Auto, "BuildKit")]
    [InlineData(ImageBuilder.Buildx, "BuildKit")]
    [InlineData(ImageBuilder.Engine, "the engine's own builder")]
    public async Task A_rehearsal_builds_with_the_builder_that_its_host_check_finds(ImageBuilder wanted, string builder)
    {
        _installation.Answers = _installation.Answers with { Image = new ImageAnswers { Builder = wanted } };

        await _installation.InstallAsync();

        var building = Assert.Single(_installation.Events.OfType<Log>(), l =>
            l.Line.StartsWith("building ", StringComparison.Ordinal)
        );
        Assert.EndsWith($" by {builder}", building.Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_buildx_fails_before_anything_is_done()
    {
        _installation.Docker = new FaultyDocker(TimeProvider.System) { HasBuildx = false };
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers { Builder = ImageBuilder.Buildx },
        };

        var result = await _installation.InstallAsync();

        Assert.Equal((ErrorCode.BuilderMissing.Word, (int)ExitCode.StepFailed), (result.Error, result.ExitCode));
        Assert.False(File.Exists(_installation.Directory.In("build.log")));
    }

    [Fact]
    public async Task The_export_is_the_context_that_is_built()
    {
        await _installation.InstallAsync();
        var step = new ImageStep();
        var context = _installation.ContextOf(step);
        context.Keep(new AppsOutputs(AppsLockFile.Read(_installation.Directory.AppsLock)!));

        var files = await step.ExportAsync(context, CancellationToken.None);

        Assert.Contains(files, f =>
            f.Path == "image/Dockerfile" && f.Text.Contains("LABEL ", StringComparison.Ordinal)
        );
        Assert.All(files, f =>
            Assert.Equal(
                f.Text,
                File.ReadAllText(Path.Combine(_installation.Directory.Generated, Path.GetFileName(f.Path)))
            )
        );
    }

    [Theory]
    [InlineData("registry.example.com/ours:7", "registry.example.com/ours")]
    [InlineData("acme/ours:7", "acme/ours")]
    [InlineData("docker.io/acme/ours:7", "acme/ours")]
    public async Task An_existing_image_is_pulled_checked_and_used_by_digest(string reference, string repository)
    {
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers { Source = ImageSource.Existing, Reference = reference },
        };

        var result = await _installation.InstallAsync();

        Assert.True(result.ExitCode == 0, result.Message);
        Assert.Matches($"^{repository}@sha256:[0-9a-f]{{64}}$", Reference);
        Assert.False(File.Exists(_installation.Directory.In("build.log")));
    }

    [Fact]
    public async Task An_image_goes_to_Docker_Hub_under_a_users_name()
    {
        _installation.Answers = _installation.Answers with { Image = new ImageAnswers { Registry = "docker.io/acme" } };

        await _installation.InstallAsync();
        var again = await _installation.InstallAsync();

        Assert.True(again.ExitCode == 0, again.Message);
        Assert.Matches("^docker.io/acme/erpnext-full@sha256:[0-9a-f]{64}$", Reference);
        Assert.True(_installation.Events.OfType<StepFinished>().Last(e => e.Step == StepId.Image).Skipped);
    }

    [Fact]
    public async Task A_rehearsal_finds_the_image_that_it_pushed()
    {
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers { Registry = "registry.example.com" },
        };

        await _installation.InstallAsync();
        var again = await _installation.InstallAsync();

        Assert.Equal(0, again.ExitCode);
        Assert.Matches("^registry.example.com/erpnext-full@sha256:[0-9a-f]{64}$", Reference);
        Assert.True(_installation.Events.OfType<StepFinished>().Last(e => e.Step == StepId.Image).Skipped);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(4, 4)]
    public async Task A_push_is_repeated_after_a_broken_connection_without_a_build(int broken, int exitCode)
    {
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers { Registry = "registry.example.com" },
        };
        _installation.Docker = new FaultyDocker(TimeProvider.System) { BrokenPushes = broken };
        _installation.World = world => world with { Time = new ShortPausesTime(_installation.Time) };

        var result = await _installation.InstallAsync();

        Assert.Equal(exitCode, result.ExitCode);
        var retries = _installation
            .Events.OfType<Log>()
            .Where(l => l.Line.Contains("pushing again in", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(Math.Min(broken, 3), retries.Count);
        Assert.Single(_installation.Events.OfType<Log>(), l =>
            l.Line.StartsWith("building ", StringComparison.Ordinal)
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _installation.Dispose();
}
