using System.Text.Json;
using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Assets;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>The same lock gives the same image, also when nothing is left of an earlier build.</summary>
public sealed class SameImageTests : IDisposable
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly AppRepositories _apps = AppRepositories.Require();
    private readonly DockerEngine _engine;
    private readonly TestInstallation _installation;

    public SameImageTests()
    {
        _engine = new DockerEngine(_docker.Endpoint);
        _installation = new TestInstallation
        {
            Steps = [new AppsStep(), new ImageStep()],
            Git = new GitRemote(),
            Docker = _engine,
        };
    }

    // A changed comment in a script that the first stages copy makes the builder repeat everything.
    [Fact]
    public async Task A_rebuild_gives_the_same_layers()
    {
        _installation.Answers = Answers(ImageBuilder.Engine);
        var first = await BuildAsync("one");
        var second = await BuildAsync("two");

        Assert.Equal(first, second);
    }

    // BuildKit touches /etc when it runs a command. So the layer of the only RUN differs in that time.
    [Fact]
    public async Task Two_builds_without_a_cache_give_the_same_layers_with_BuildKit()
    {
        _installation.Answers = Answers(ImageBuilder.Buildx);
        _installation.Steps = [new AppsStep()];
        Assert.Equal(0, (await _installation.InstallAsync()).ExitCode);

        var first = await WithoutCacheAsync();
        var second = await WithoutCacheAsync();

        Assert.Equal(first[..^2], second[..^2]);
        Assert.Equal(first[^1], second[^1]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _installation.Dispose();
        _engine.Dispose();
    }

    private AnswerFile Answers(ImageBuilder builder) =>
        new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Image = new ImageAnswers { Name = $"erp-installer-test/{Guid.NewGuid():N}", Builder = builder },
            Apps = new AppsAnswers
            {
                Install = ["crm", "telephony"],
                Override =
                {
                    ["crm"] = new AppOverride { Url = _apps.HttpUrl("frappe/crm") },
                    ["telephony"] = new AppOverride { Url = _apps.HttpUrl("frappe/telephony"), Ref = "main" },
                },
            },
        };

    private async Task<List<string>> WithoutCacheAsync()
    {
        using var context = new TemporaryDirectory();
        var apps = AppsLockFile.Read(_installation.Directory.AppsLock)!;
        var dockerfile = DockerfileText.Generate(apps, new AssetSource(), new DockerfileOptions { BuildKit = true });
        foreach (var file in dockerfile.Files)
        {
            await File.WriteAllTextAsync(context.In(file.Path), file.Text, TestContext.Current.CancellationToken);
        }

        string[] command = ["--config", DockerEnvironment.RequireBuildx(), "buildx", "build", "--no-cache", "--quiet"];
        var image = (await _docker.DockerAsync([.. command, context.Path])).Succeeded().Trim().Split('\n')[^1];
        var layers = await LayersAsync(image);
        await _docker.DockerAsync("rmi", "--force", image);
        return layers;
    }

    private async Task<List<string>> BuildAsync(string mark)
    {
        _installation.Steps = [new AppsStep()];
        Assert.Equal(0, (await _installation.InstallAsync(acceptChanges: true)).ExitCode);
        var dockerfile = DockerfileText.Generate(
            AppsLockFile.Read(_installation.Directory.AppsLock)!,
            new AssetSource()
        );
        var files = dockerfile.Files.Select(f =>
            f.Path == "environment.sh" ? f with { Text = $"{f.Text}# {mark} {Guid.NewGuid()}\n" } : f
        );
        return await LayersAsync(
            await _engine.BuildAsync(
                new ImageBuild([.. files], Buildx: false),
                _ => { },
                TestContext.Current.CancellationToken
            )
        );
    }

    private async Task<List<string>> LayersAsync(string image) =>
        JsonSerializer.Deserialize<List<string>>(
            (await _docker.DockerAsync("image", "inspect", "--format", "{{json .RootFS.Layers}}", image)).Succeeded()
        )!;
}
