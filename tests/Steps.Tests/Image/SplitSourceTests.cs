using CliWrap;
using CliWrap.Buffered;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>The files of an app that yarn gets: those that it reads, or all when it may read more.</summary>
public sealed class SplitSourceTests : IDisposable
{
    private const string Plain = """{"scripts": {"postinstall": "cd frontend && yarn install --check-files"}}""";
    private const string NoScripts = """{"dependencies": {"vue": "~3.4.0", "vite": "npm:rolldown-vite@7"}}""";

    private static readonly string[] Packages =
    [
        ".npmrc",
        ".yarnclean",
        "frontend/package.json",
        "frontend/yarn.lock",
        "package.json",
        "yarn.lock",
    ];

    private readonly TemporaryDirectory _directory = new();

    // As in crm and insights, in hrms, in an app with packages of its root only.
    [Theory]
    [InlineData(Plain, NoScripts)]
    [InlineData(
        """{"workspaces": ["frontend"], "scripts": {"postinstall": "yarn ui", "ui": "cd frontend && yarn"}}""",
        """{"scripts": {"build": "vite build && node copy.js"}}"""
    )]
    [InlineData("""{"devDependencies": {"a": "frappe/a#main", "b": "https://example.com/b.git", "c": "*"}}""", "{}")]
    public async Task Yarn_gets_the_files_that_it_reads_and_the_rest_comes_later(string root, string frontend)
    {
        await SplitAsync(root, frontend);

        Assert.Equal(Packages, Files("yarn"));
        Assert.Equal(Files("app"), Files("yarn").Concat(Files("rest")).Order(StringComparer.Ordinal));
        Assert.True(Directory.Exists(_directory.In("rest/submodule")));
    }

    [Theory]
    [InlineData("""{"scripts": {"postinstall": "cd frontend && yarn && node copy.js"}}""", "{}")]
    [InlineData("""{"scripts": {"postinstall": "cd frontend && yarn build"}}""", """{"scripts": {"build": "vite"}}""")]
    [InlineData("""{"scripts": {"postinstall": "yarn ui", "ui": "yarn", "preui": "make"}}""", "{}")]
    [InlineData("""{"scripts": {"postinstall": "yarn again", "again": "yarn again"}}""", "{}")]
    [InlineData("""{"scripts": {"postinstall": "cd ../../frappe && yarn"}}""", "{}")]
    [InlineData("""{"scripts": {"prepare": "node prepare.js"}}""", "{}")]
    [InlineData(Plain, """{"scripts": {"postinstall": "patch-package"}}""")]
    [InlineData(Plain, """{"dependencies": {"@framework/ui": "link:../../frappe/ui"}}""")]
    [InlineData(Plain, """{"devDependencies": {"ui": "../ui"}}""")]
    [InlineData(Plain, """{"resolutions": {"ui": "file:ui.tgz"}}""")]
    [InlineData(Plain, """{"bin": "./cli.js"}""")]
    [InlineData(Plain, "{}", "frontend/.yarnrc")]
    [InlineData(Plain, "{}", "frontend/node_modules/a/index.js")]
    [InlineData("not JSON", "{}")]
    [InlineData("""["a list"]""", "{}")]
    public async Task Yarn_gets_the_whole_app_when_it_may_read_more(
        string root,
        string frontend,
        string file = "code.py"
    )
    {
        await SplitAsync(root, frontend, file);

        Assert.Empty(Files("rest"));
        Assert.Equal(Files("app"), Files("yarn"));
        Assert.True(Directory.Exists(_directory.In("yarn/submodule")));
    }

    [Fact]
    public async Task Yarn_gets_the_whole_app_when_a_setting_of_npm_names_a_file()
    {
        Write("package.json", Plain);
        Write("frontend/package.json", "{}");
        Write(".npmrc", "registry=https://npm.example.com/\n//npm.example.com/:cafile = ca.pem\n");
        Write("ca.pem", "");

        await SplitAsync();

        Assert.Empty(Files("rest"));
    }

    [Fact]
    public async Task Yarn_gets_the_whole_app_when_a_workspace_is_a_link()
    {
        Write("package.json", """{"workspaces": ["frontend"]}""");
        Write("ui/package.json", "{}");
        Directory.CreateSymbolicLink(_directory.In("app/frontend"), "ui");

        await SplitAsync();

        Assert.Empty(Files("rest"));
        Assert.Equal("ui", new DirectoryInfo(_directory.In("yarn/frontend")).LinkTarget);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    private async Task SplitAsync(string root, string frontend, params string[] files)
    {
        Directory.CreateDirectory(_directory.In("app/submodule"));
        foreach (var file in Packages.Concat([".git/HEAD", "app.py", "frontend/src/package.js", .. files]))
        {
            Write(file, "");
        }

        Write("package.json", root);
        Write("frontend/package.json", frontend);
        await SplitAsync();
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory.In("app/" + file))!);
        File.WriteAllText(_directory.In("app/" + file), text);
    }

    private async Task SplitAsync() =>
        await Cli.Wrap("python3")
            .WithArguments([Repository.In("assets", "image", "split.py"), "app", "yarn", "rest"])
            .WithWorkingDirectory(_directory.Path)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    private IEnumerable<string> Files(string directory) =>
        Directory
            .EnumerateFiles(_directory.In(directory), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_directory.In(directory), f))
            .Order(StringComparer.Ordinal);
}
