using ErpInstaller.Answers;
using ErpInstaller.HostChecks;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>
/// <c>tests/cases/hosts</c>: the captured facts of a host (<c>NAME.json</c>) and the table that the operator sees
/// (<c>NAME.txt</c>). Each host is a pair of files. <c>REWRITE_CASES=1</c> writes the tables; read the diff.
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
    public void A_captured_host_gets_its_recorded_verdicts(string host)
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
    public void A_captured_host_is_unchanged_after_writing_and_reading(string host)
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
