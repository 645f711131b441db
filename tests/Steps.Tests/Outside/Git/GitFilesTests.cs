using System.Net;
using System.Net.Sockets;
using CliWrap;
using ErpInstaller.Outside.Git;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Git;

/// <summary>Reading files of a commit, from real repositories.</summary>
public sealed class GitFilesTests : IDisposable
{
    private const int Limit = 1000;
    private readonly TemporaryDirectory _directory = new();

    public GitFilesTests()
    {
        Directory.CreateDirectory(Repository);
        Directory.CreateDirectory(Workspace);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Repository => _directory.In("app");

    private string Workspace => _directory.In("workspace");

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Files_are_read_whether_the_server_knows_filters_or_not(string allowFilter)
    {
        var commit = await CommitAsync(
            ("pyproject.toml", "[project]\n"),
            ("app/hooks.py", "required_apps = []\n"),
            ("app/large.txt", new string('x', 5000))
        );
        await GitAsync("config", "uploadpack.allowFilter", allowFilter);

        var texts = await ReadAsync(commit);

        Assert.Equal(["app/hooks.py", "pyproject.toml"], texts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("[project]\n", texts["pyproject.toml"]);
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_commit_that_no_branch_points_at_any_more_is_read_where_the_server_gives_it()
    {
        var first = await CommitAsync(("pyproject.toml", "first"));
        await CommitAsync(("pyproject.toml", "second"));
        await GitAsync("config", "uploadpack.allowAnySHA1InWant", "true");

        Assert.Equal("first", (await ReadAsync(first))["pyproject.toml"]);
    }

    [Fact]
    public async Task A_missing_file_is_left_out_of_the_result()
    {
        var commit = await CommitAsync(("README.md", "nothing else"));

        Assert.Empty(await ReadAsync(commit));
    }

    [Fact]
    public async Task Long_or_binary_files_are_exported_without_their_text()
    {
        var commit = await CommitAsync(("pyproject.toml", new string('x', Limit + 1)));
        await File.WriteAllBytesAsync(Path.Combine(Repository, "hooks.bin"), [0xff, 0xfe, 0x00, 0x80], Stop);
        await GitAsync("add", "--all");
        await GitAsync("commit", "-q", "-m", "binary");
        var second = await HeadAsync();

        Assert.Null((await ReadAsync(commit))["pyproject.toml"]);
        Assert.Null((await ReadAsync(second, "hooks.bin"))["hooks.bin"]);
    }

    [Fact]
    public async Task A_link_is_not_followed()
    {
        await CommitAsync(("README.md", "x"));
        File.CreateSymbolicLink(Path.Combine(Repository, "pyproject.toml"), "/etc/passwd");
        await GitAsync("add", "--all");
        await GitAsync("commit", "-q", "-m", "link");

        Assert.Empty(await ReadAsync(await HeadAsync()));
    }

    [Fact]
    public async Task A_missing_commit_is_reported_and_leaves_no_files()
    {
        await CommitAsync(("README.md", "x"));

        var error = await Assert.ThrowsAsync<RepositoryUnreachable>(() => ReadAsync(new string('a', 40)));

        Assert.StartsWith($"file://{Repository}", error.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_full_host_is_reported()
    {
        await File.WriteAllTextAsync(_directory.In("no-directory"), "", Stop);

        var error = await Assert.ThrowsAsync<RepositoryUnreachable>(() =>
            new GitRemote(_directory.In("no-directory")).ReadFilesAsync(
                Files($"file://{Repository}", new string('a', 40), "pyproject.toml"),
                null,
                Stop
            )
        );

        Assert.Contains("TMPDIR", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_stops_waiting_for_a_silent_server_at_once_and_leaves_no_process()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var reading = new GitRemote(Workspace).ReadFilesAsync(
            Files($"http://{server.LocalEndpoint}/app", new string('a', 40), "pyproject.toml"),
            null,
            leave.Token
        );
        using var connection = await server.AcceptTcpClientAsync(Stop);
        Assert.Single(Directory.GetDirectories(Workspace));

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_private_repository_is_read_with_its_token()
    {
        var url = AppRepositories.Require().HttpUrl("private/crm");
        var login = new GitLogin("git", AppRepositories.Token);
        var git = new GitRemote(Workspace);
        var found = (await git.ListRefsAsync(url, login, Stop)).Single(r => r.Name == "main");

        var texts = await git.ReadFilesAsync(
            Files(url, found.Commit, "pyproject.toml") with
            {
                Limit = 4000,
            },
            login,
            Stop
        );

        Assert.Contains("[tool.bench.frappe-dependencies]", texts["pyproject.toml"], StringComparison.Ordinal);
        await Assert.ThrowsAsync<RepositoryUnreachable>(() =>
            git.ReadFilesAsync(Files(url, found.Commit, "pyproject.toml"), null, Stop)
        );
        AssertNothingLeft();
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    private static GitFiles Files(string url, string commit, params string[] paths) =>
        new(url, commit, "main", paths, Limit);

    private Task<IReadOnlyDictionary<string, string?>> ReadAsync(string commit, params string[] paths) =>
        new GitRemote(Workspace).ReadFilesAsync(
            Files($"file://{Repository}", commit, paths.Length == 0 ? ["pyproject.toml", "app/hooks.py"] : paths),
            null,
            Stop
        );

    private void AssertNothingLeft() => Assert.Empty(Directory.GetFileSystemEntries(Workspace));

    private async Task<string> CommitAsync(params (string Path, string Text)[] files)
    {
        if (!Directory.Exists(Path.Combine(Repository, ".git")))
        {
            await GitAsync("init", "-q", "-b", "main");
        }

        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Repository, path))!);
            await File.WriteAllTextAsync(Path.Combine(Repository, path), text, Stop);
        }

        await GitAsync("add", "--all");
        await GitAsync("commit", "-q", "-m", "as it is");
        return await HeadAsync();
    }

    private async Task<string> HeadAsync() =>
        (await File.ReadAllTextAsync(Path.Combine(Repository, ".git/refs/heads/main"), Stop)).Trim();

    private async Task GitAsync(params string[] arguments) =>
        await Cli.Wrap("git")
            .WithWorkingDirectory(Repository)
            .WithArguments(["-c", "user.name=test", "-c", "user.email=test@example.com", .. arguments])
            .ExecuteAsync(Stop);
}
