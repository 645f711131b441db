using ErpInstaller.Apps;
using ErpInstaller.Core.Assets;
using ErpInstaller.Image;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>Packages that an app's own files leave open are chosen once and then stay.</summary>
public sealed class PackagesRecordTests
{
    private static readonly string Commit = new('a', 40);

    private static readonly AppsLock Lock = new()
    {
        Release = "v15.75.1",
        BuildImage = "frappe/build:v15.75.1",
        RuntimeImage = "frappe/erpnext:v15.75.1",
        Apps =
        [
            new LockedApp
            {
                Name = "helpdesk",
                Url = "https://github.com/frappe/helpdesk",
                Ref = "v1.13.0",
                Commit = Commit,
            },
        ],
    };

    [Fact]
    public void A_build_with_a_package_record_uses_its_packages()
    {
        var dockerfile = DockerfileText.Generate(
            Lock,
            new AssetSource(),
            new DockerfileOptions { Packages = Record("twilio==8.5.0", Commit) }
        );

        Assert.Contains("COPY --chown=1000:1000 constraints.txt ", dockerfile.Text(), StringComparison.Ordinal);
        Assert.Contains("COPY --chown=1000:1000 helpdesk.locks.json ", dockerfile.Text(), StringComparison.Ordinal);
        Assert.Equal("twilio==8.5.0\n", dockerfile.Files.Single(f => f.Path == "constraints.txt").Text);
        Assert.Contains(
            "frappe-ui",
            dockerfile.Files.Single(f => f.Path == "helpdesk.locks.json").Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lock_files_of_another_commit_are_left_out()
    {
        var dockerfile = DockerfileText.Generate(
            Lock,
            new AssetSource(),
            new DockerfileOptions { Packages = Record("twilio==8.5.0", new string('b', 40)) }
        );

        Assert.DoesNotContain("helpdesk.locks.json", dockerfile.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_packages_are_named()
    {
        Assert.Equal(
            ["twilio 8.5.0 → 8.6.0"],
            Record("twilio==8.5.0", Commit).MovedTo(Record("twilio==8.6.0", Commit))
        );
        Assert.Empty(Record("twilio==8.5.0", Commit).MovedTo(Record("twilio==8.5.0", Commit)));
    }

    [Fact]
    public void Changed_packages_of_a_front_end_are_named_with_their_app()
    {
        var before = """
            # yarn lockfile v1


            "@vue/compat@^3.0", "@vue/compat@^3.4":
              version "3.4.1"
              resolved "https://registry.yarnpkg.com/@vue/compat/-/compat-3.4.1.tgz#0"

            frappe-ui@^0.1.100:
              version "0.1.168"
              dependencies:
                version "^1.0"

            tslib@^2.0:
              version "2.6.0"

            "ui@git+https://user:token@git.example.com/ui.git#v1":
              version "1.0.0"
            """;
        var after = before
            .Replace("\"3.4.1\"", "\"3.5.0\"", StringComparison.Ordinal)
            .Replace("0.1.168", "0.1.170", StringComparison.Ordinal)
            .Replace("1.0.0", "1.1.0", StringComparison.Ordinal);

        Assert.Equal(
            [
                "@vue/compat 3.4.1 → 3.5.0 of helpdesk",
                "frappe-ui 0.1.168 → 0.1.170 of helpdesk",
                "ui 1.0.0 → 1.1.0 of helpdesk",
            ],
            WithLock(before).MovedTo(WithLock(after))
        );
        Assert.Equal(["yarn.lock of helpdesk"], WithLock(before).MovedTo(WithLock(before + "\n")));
        Assert.Empty(WithLock(before).MovedTo(WithLock(after, new string('b', 40))));
    }

    [Theory]
    [InlineData("twilio==8.5.0 --index-url http://evil.example.com")]
    [InlineData("--index-url=http://evil.example.com")]
    [InlineData("twilio @ http://evil.example.com/x.whl")]
    public void A_package_record_with_unsafe_values_is_refused(string line) =>
        Assert.Null(PackagesRecord.Parse($$$"""{"python": ["{{{line}}}"], "apps": {}}"""));

    [Theory]
    [InlineData("")]
    [InlineData("cat: /home/frappe/packages.json: No such file or directory")]
    [InlineData("[]")]
    [InlineData("""{"python": [1], "apps": {}}""")]
    public void A_malformed_package_record_is_ignored(string text) => Assert.Null(PackagesRecord.Parse(text));

    private static PackagesRecord WithLock(string text, string? commit = null) =>
        new(
            [],
            new Dictionary<string, PackagesRecord.AppPackages>
            {
                ["helpdesk"] = new(commit ?? Commit, new Dictionary<string, string> { ["yarn.lock"] = text }),
            }
        );

    private static PackagesRecord Record(string python, string commit) =>
        PackagesRecord.Parse(
            $$$"""
            {"python": ["{{{python}}}"], "apps": {"helpdesk":
              {"commit": "{{{commit}}}", "locks": {"yarn.lock": "frappe-ui@0.1.168:\n"} } } }
            """
        )!;
}
