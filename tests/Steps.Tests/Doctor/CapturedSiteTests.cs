using System.Text.Json;
using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Doctor;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Doctor;

/// <summary>
/// <c>tests/cases/doctor</c>: the facts of a site (<c>NAME.json</c>, from a support bundle) and the table that the
/// operator sees (<c>NAME.txt</c>). <c>REWRITE_CASES=1</c> writes the tables; read the diff.
/// </summary>
public sealed class CapturedSiteTests
{
    private static readonly string[] Ids =
    [
        .. typeof(LookId).GetFields().Select(f => f.GetValue(null)).OfType<string>(),
    ];

    public static TheoryData<string> Sites { get; } =
    [
        .. Directory
            .EnumerateFiles(Folder(), "*.json")
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Sites))]
    public void A_captured_site_gets_its_recorded_verdicts(string site)
    {
        var looks = Looks.Of(Read(site), Answers);

        var table =
            $"exit code {(int)Looks.ExitCodeOf(looks)}: {Looks.Summary(looks)}\n"
            + string.Concat(
                looks.Select(l =>
                    $"{LookTaken.WordOf(l.Verdict), -8}{l.Id, -19}{l.Found}\n{"", -27}expected: {l.Expected}\n"
                    + (l.Hint.Length == 0 ? "" : $"{"", -27}hint: {l.Hint}\n")
                )
            );

        var agreed = Path.Combine(Folder(), site + ".txt");
        if (Environment.GetEnvironmentVariable("REWRITE_CASES") == "1")
        {
            File.WriteAllText(agreed, table);
        }

        Assert.Equal(File.ReadAllText(agreed), table);
    }

    [Theory]
    [MemberData(nameof(Sites))]
    public void Each_look_has_a_known_id_once_and_each_bad_one_a_command_of_ours(string site)
    {
        var looks = Looks.Of(Read(site), Answers);

        Assert.Empty(looks.Select(l => l.Id).Except(Ids));
        Assert.Equal(looks.Count, looks.Select(l => l.Id).Distinct().Count());
        Assert.All(looks.Where(l => l.Verdict == LookVerdict.Bad), l =>
            Assert.StartsWith("erp-installer ", l.Hint, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_page_lists_each_look()
    {
        var page = File.ReadAllText(Repository.In("docs", "operating.md"));

        Assert.All(Ids, id => Assert.Contains($"| `{id}` |", page, StringComparison.Ordinal));
    }

    private static AnswerFile Answers { get; } =
        new()
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Backup = new BackupAnswers { Schedule = "03:30" },
        };

    private static DoctorFacts Read(string site) =>
        JsonSerializer.Deserialize(
            File.ReadAllText(Path.Combine(Folder(), site + ".json")),
            DoctorJson.Default.DoctorFacts
        )!;

    private static string Folder() => Repository.In("tests", "cases", "doctor");
}
