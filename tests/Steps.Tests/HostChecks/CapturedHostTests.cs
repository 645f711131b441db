using ErpInstaller.Answers;
using ErpInstaller.HostChecks;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>
/// <c>tests/cases/hosts</c>: facts captured of a host (<c>NAME.json</c>), and the table that the operator must see
/// (<c>NAME.txt</c>). A new host is a new pair of files; with <c>REWRITE_CASES=1</c> the second one is written, to be read.
/// </summary>
public sealed class CapturedHostTests
{
    public static TheoryData<string> Hosts { get; } =
    [
        .. Directory
            .EnumerateFiles(Folder(), "*.json")
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_captured_host_is_judged_as_it_was_agreed(string host)
    {
        var facts = HostFactsFile.Parse(File.ReadAllText(Path.Combine(Folder(), host + ".json")))!;

        var table = Table(HostCheckReport.Judge(facts, new AnswerFile()));

        var agreed = Path.Combine(Folder(), host + ".txt");
        if (Environment.GetEnvironmentVariable("REWRITE_CASES") == "1")
        {
            File.WriteAllText(agreed, table);
        }

        Assert.Equal(File.ReadAllText(agreed), table);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_captured_host_survives_being_written_and_read_again(string host)
    {
        var facts = HostFactsFile.Parse(File.ReadAllText(Path.Combine(Folder(), host + ".json")))!;

        var again = HostFactsFile.Parse(HostFactsFile.Format(facts))!;

        Assert.Equal(HostFactsFile.Format(facts), HostFactsFile.Format(again));
        Assert.Equal(facts.Facts.Count, again.Facts.Count);
    }

    private static string Table(HostCheckReport report) =>
        string.Concat(
            report.Rows.Select(r =>
                $"{r.Verdict, -8}{r.Id, -18}{r.Found}\n{"", -26}needed: {r.Needed}\n"
                + (r.Hint.Length == 0 ? "" : $"{"", -26}hint: {r.Hint}\n")
            )
        );

    private static string Folder() => Repository.In("tests", "cases", "hosts");
}
