using ErpInstaller.Assets;
using ErpInstaller.Releases;

namespace ErpInstaller.Tests.Releases;

public sealed class ReleaseCatalogTests
{
    private static readonly ReleaseCatalog Catalog = new(new AssetSource());

    public static TheoryData<string> Names => [.. Catalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_release_offers_the_guides_eight_apps_and_knows_what_they_require(string name)
    {
        var release = Catalog.Load(name);

        Assert.Equal(name, release.Version);
        Assert.Equal(8, release.Apps.Values.Count(a => !a.Dependency));
        Assert.All(release.Apps.Values.SelectMany(a => a.Requires), r => Assert.Contains(r, release.Apps.Keys));
        Assert.All(release.Apps.Values, a => Assert.True(a is { Url.Length: > 0, Ref.Length: > 0, Title.Length: > 0, Description.Length: > 0 }));
        Assert.All(
            [release.Images.Build, release.Images.Runtime, release.Images.Mariadb, release.Images.Redis],
            i => Assert.Matches("^[a-z/-]+:[a-z0-9.-]+$", i));
    }

    [Fact]
    public void A_release_that_does_not_exist_names_those_that_do()
    {
        var error = Assert.Throws<ReleaseUnreadable>(() => Catalog.Load("v15.0.0"));

        Assert.Contains("v15.75.1, v16.32.3", error.Hint, StringComparison.Ordinal);
    }
}
