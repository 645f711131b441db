using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Releases;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Releases;

public sealed class ReleaseCatalogTests
{
    private static readonly ReleaseCatalog Catalog = new(new AssetSource());

    public static TheoryData<string> Names => [.. Catalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_release_offers_the_default_apps_and_knows_the_apps_that_its_apps_require(string name)
    {
        var release = Catalog.Load(name);

        Assert.Equal(name, release.Version);
        Assert.All(new AppsAnswers().Install, a => Assert.False(release.Apps[a].Dependency));
        Assert.All(release.Apps.Values.SelectMany(a => a.Requires), r => Assert.Contains(r, release.Apps.Keys));
        Assert.All(release.Apps.Values, a =>
            Assert.True(a is { Url.Length: > 0, Ref.Length: > 0, Title.Length: > 0, Description.Length: > 0 })
        );
        Assert.All([release.Images.Build, release.Images.Runtime, release.Images.Mariadb, release.Images.Redis], i =>
            Assert.Matches("^[a-z/-]+:[a-z0-9.-]+$", i)
        );
    }

    [Fact]
    public void An_unknown_release_fails_and_the_existing_ones_are_listed()
    {
        var error = Refusal.Of(ErrorCode.ReleaseUnreadable, () => Catalog.Load("v15.0.0"));

        Assert.Contains("v15.75.1, v16.32.3", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_ref_of_a_release_is_fixed_or_the_file_gives_a_reason()
    {
        foreach (var release in Catalog.Names.Select(Catalog.Load))
        {
            Assert.All(release.Apps, a =>
                Assert.True(
                    IsFixed(a.Value.Ref) != a.Value.Moving.Length > 0,
                    $"{release.Version}: {a.Key} has the ref {a.Value.Ref}: use a tag or a commit, or give the "
                        + "reason in \"moving\""
                )
            );
        }

        // A tag, a pattern of tags, or a commit.
        static bool IsFixed(string reference) =>
            System.Text.RegularExpressions.Regex.IsMatch(reference, @"\A(v[0-9]+\.[0-9.]*[0-9*]|[0-9a-f]{40})\z");
    }

    [Fact]
    public void Every_app_of_every_release_has_build_figures()
    {
        Assert.All(Catalog.Names.Select(Catalog.Load).SelectMany(r => r.Apps.Values), a =>
            Assert.True(a.Build is { Install: > 0, Packages: > 0, FrontEnd: > 0, MemoryMib: > 0, DiskMb: > 0 }, a.Title)
        );
    }

    [Fact]
    public void Every_measured_front_end_fits_into_the_memory_in_the_release_file()
    {
        Assert.All(Catalog.Names.Select(Catalog.Load).SelectMany(r => r.Apps.Values), a =>
            Assert.InRange(a.Build.MemoryMib, 256, 4096)
        );
        Assert.Equal(2400, Catalog.Load("v15.75.1").Apps["crm"].Build.MemoryMib);
    }
}
