using CliWrap;
using ErpInstaller.Core.Assets;
using ErpInstaller.Outside.Git;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Git;

public sealed class GitRemoteTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task I_can_list_branches_and_tags_of_a_repository_with_their_commits()
    {
        await RunAsync("init", "-q", "-b", "main");
        await RunAsync("commit", "-q", "--allow-empty", "-m", "first");
        await RunAsync("tag", "-a", "v1.0.0", "-m", "annotated");
        await RunAsync("branch", "version-15");

        var refs = await new GitRemote().ListRefsAsync(
            $"file://{_directory.Path}",
            null,
            TestContext.Current.CancellationToken
        );

        var commit = refs.Single(r => r is { Name: "main", IsTag: false }).Commit;
        Assert.Equal(40, commit.Length);
        Assert.Contains(new GitRef("version-15", commit, IsTag: false), refs);
        Assert.Contains(new GitRef("v1.0.0", commit, IsTag: true), refs);
    }

    [Fact]
    public async Task A_missing_repository_is_named()
    {
        var url = $"file://{_directory.Path}/gone";

        var error = await Assert.ThrowsAsync<RepositoryUnreachable>(() =>
            new GitRemote().ListRefsAsync(url, null, TestContext.Current.CancellationToken)
        );

        Assert.StartsWith(url, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Hint);
    }

    [Fact]
    public async Task A_pack_removes_the_files_of_a_killed_one_and_leaves_only_its_result()
    {
        await RunAsync("init", "-q", "-b", "main");
        await RunAsync("commit", "-q", "--allow-empty", "-m", "first");
        var commit = (
            await new GitRemote().ListRefsAsync(
                $"file://{_directory.Path}",
                null,
                TestContext.Current.CancellationToken
            )
        )[0].Commit;
        using var packs = new TemporaryDirectory();
        var script = packs.In("pack.sh");
        await File.WriteAllTextAsync(
            script,
            new AssetSource().Read("image/pack.sh"),
            TestContext.Current.CancellationToken
        );
        Directory.CreateDirectory(packs.In("crm.pack.fetching/objects"));
        await File.WriteAllTextAsync(
            packs.In("crm.pack.fetching/HEAD"),
            "cut o",
            TestContext.Current.CancellationToken
        );

        await new GitRemote().PackAsync(
            new GitPack(script, $"file://{_directory.Path}", commit, "main", packs.In("crm.pack")),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            "PACK"u8.ToArray(),
            (await File.ReadAllBytesAsync(packs.In("crm.pack"), TestContext.Current.CancellationToken))[..4]
        );
        Assert.Equal(
            ["crm.pack", "pack.sh"],
            Directory.GetFileSystemEntries(packs.Path).Select(Path.GetFileName).Order()
        );
    }

    public void Dispose() => _directory.Dispose();

    private async Task RunAsync(params string[] arguments) =>
        await Cli.Wrap("git")
            .WithWorkingDirectory(_directory.Path)
            .WithArguments(["-c", "user.name=test", "-c", "user.email=test@example.com", .. arguments])
            .ExecuteAsync(TestContext.Current.CancellationToken);
}
