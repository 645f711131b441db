using ErpInstaller.Answers;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Core.Assets;
using ErpInstaller.Releases;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Apps.Requirements;

/// <summary>
/// <c>tests/cases/apps/requirements</c>: an app's <c>pyproject.toml</c> (<c>NAME.toml</c>) and <c>hooks.py</c>
/// (<c>NAME.py</c>) and <c>package.json</c> (<c>NAME.json</c>), and the verdict for each release (<c>NAME.txt</c>). A
/// new case is a new set of files.
/// </summary>
public sealed class AppCompatibilityTests
{
    private static readonly ChosenApp App = new("people", "https://example.com/people", "main", null);
    private static readonly ReleaseCatalog Catalog = new(new AssetSource());

    public static TheoryData<string> Cases =>
        [
            .. Directory
                .GetFiles(Folder, "*.txt")
                .Select(f => Path.GetFileNameWithoutExtension(f))
                .Order(StringComparer.Ordinal),
        ];

    private static string Folder => Repository.In("tests", "cases", "apps", "requirements");

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_apps_own_requirements_decide_whether_it_fits(string name)
    {
        var files = new Dictionary<string, string?>
        {
            ["pyproject.toml"] = File.ReadAllText(Path.Combine(Folder, $"{name}.toml")),
        };
        foreach (var (path, extension) in ((string, string)[])[("people/hooks.py", "py"), ("package.json", "json")])
        {
            if (File.Exists(Path.Combine(Folder, $"{name}.{extension}")))
            {
                files[path] = File.ReadAllText(Path.Combine(Folder, $"{name}.{extension}"));
            }
        }

        Assert.Equal(File.ReadAllLines(Path.Combine(Folder, $"{name}.txt")), Catalog.Names.Select(r => Say(files, r)));
    }

    [Fact]
    public void A_required_app_that_is_chosen_is_not_missing()
    {
        var requirements = RequirementsReader.Read(
            App,
            new Dictionary<string, string?>
            {
                ["pyproject.toml"] =
                    "[tool.bench.frappe-dependencies]\nfrappe = \">=15.0.0,<17.0.0\"\ntelephony = \">=0.0.1\"",
                ["people/hooks.py"] = "required_apps = ['telephony', 'payments']",
            }
        );

        var without = AppCompatibility.Of(requirements, Catalog.Load("v15.75.1"), ["people"]);
        var with = AppCompatibility.Of(requirements, Catalog.Load("v15.75.1"), ["people", "telephony", "payments"]);

        Assert.Equal(["telephony", "payments"], without.Misfits.Select(m => m.App));
        Assert.Equal(AppFit.Fits, with.Fit);
    }

    [Fact]
    public void A_repository_without_the_files_has_unknown_fit() =>
        Assert.Equal(
            "Unknown: does not state which Frappe it needs",
            Say(new Dictionary<string, string?>(), "v15.75.1")["v15.75.1: ".Length..]
        );

    [Fact]
    public void A_file_that_is_too_long_or_not_text_has_unknown_fit() =>
        Assert.Equal(
            "Unknown: pyproject.toml is not text, or too long",
            Say(new Dictionary<string, string?> { ["pyproject.toml"] = null }, "v15.75.1")["v15.75.1: ".Length..]
        );

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Deep_nesting_is_not_parsed(char bracket) =>
        Assert.Equal("pyproject.toml cannot be read", PyprojectFile.Read($"a = {new string(bracket, 60_000)}").Problem);

    [Fact]
    public void Usual_descriptions_fit_beside_the_list_of_apps()
    {
        var newer = Of("[tool.bench.frappe-dependencies]\nfrappe = \">=16.0.0-dev,<17.0.0-dev\"", "v15.75.1");
        var older = Of("[tool.bench.frappe-dependencies]\nfrappe = \">=15.0.0,<16.0.0\"", "v16.32.3");

        Assert.All([newer, older], c => Assert.InRange($"Does not fit: {c.Description}".Length, 1, 56));
    }

    private static AppCompatibility Of(string pyproject, string release) =>
        AppCompatibility.Of(PyprojectFile.Read(pyproject), Catalog.Load(release), ["people"]);

    private static string Say(Dictionary<string, string?> files, string release)
    {
        var found = AppCompatibility.Of(RequirementsReader.Read(App, files), Catalog.Load(release), ["people"]);
        return $"{release}: {found.Fit}: {found.Description}";
    }
}
