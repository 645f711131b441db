using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Lines;
using ErpInstaller.Tests.Screens;

namespace ErpInstaller.Tests.Lines;

/// <summary>The reviews of plain lines and of the full screen, with the same answers.</summary>
public sealed class PlainReviewTests : IDisposable
{
    private readonly ShownInstaller _shown = new(width: 120, height: 150);

    public static TheoryData<string> Cases => ["defaults", "single", "cluster"];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Both_reviews_show_the_same_rows(string answers)
    {
        await _shown.SeesAsync("New installation");
        _shown.Work.Interview.Keep(AnswersOf(answers));
        _shown.ScreenFlow.Review();
        await _shown.SeesAsync("The plan");

        var rows = RowsOfScreen();
        Assert.True(rows.Count > 15, string.Join('\n', rows));
        Assert.Equal(rows, RowsOfLines(await LinesAsync()));
    }

    [Fact]
    public async Task Both_reviews_show_the_same_problems_with_their_corrections()
    {
        await _shown.SeesAsync("New installation");
        var answers = _shown.Work.Interview.Answers;
        _shown.Work.Interview.Keep(
            answers with
            {
                Site = answers.Site with { Name = "erp.example.com", HttpPort = 443 },
                Apps = answers.Apps with { Install = ["hrmss"] },
                Image = answers.Image with { Source = ImageSource.Existing },
            }
        );
        _shown.ScreenFlow.Review();
        await _shown.SeesAsync("It cannot be rehearsed yet");

        var lines = await LinesAsync();
        var problems = lines[(lines.FindLastIndex(l => l.Length == 0) + 1)..];
        Assert.Contains(problems, p => p.Contains("did you mean hrms?", StringComparison.Ordinal));
        Assert.Equal(Screen().TakeWhile(l => l.Length > 0), problems);
    }

    public void Dispose() => _shown.Dispose();

    private AnswerFile AnswersOf(string name)
    {
        var defaults = _shown.Work.Interview.Answers;
        defaults = defaults with { Site = defaults.Site with { Name = "erp.example.com" } };
        var own = new AppOverride { Url = "https://git.example.com/own", Ref = "main" };
        return name switch
        {
            "defaults" => defaults,
            "single" => defaults with
            {
                Host = new HostAnswers { Accept = new Dictionary<string, string> { ["memory"] = "lab machine" } },
                Site = defaults.Site with { AdminPassword = new SecretSource { File = "/etc/erp/password" } },
                Apps = defaults.Apps with
                {
                    Install = [.. defaults.Apps.Install, "own"],
                    Custom = new Dictionary<string, AppOverride> { ["own"] = own },
                },
                Mail = defaults.Mail with { Server = "smtp.example.com", Sender = "erp@example.com" },
                Scale = defaults.Scale with { QueueShort = 2 },
                Resources = defaults.Resources with
                {
                    Frontend = new ContainerResources { Cpu = 700, Memory = 900 },
                },
            },
            _ => defaults with
            {
                Image = defaults.Image with { Registry = "registry.example.com:5000" },
                Nomad = defaults.Nomad with { Topology = NomadTopology.Cluster },
                Cluster = defaults.Cluster with
                {
                    Nodes = ["rehearsal", "node-b"],
                    DataNode = "node-b",
                    SitesNfs = "nfs.example.com:/srv/erpnext",
                },
            },
        };
    }

    // Asks nothing: the cancelled token ends the review where it would read a line.
    private async Task<List<string>> LinesAsync()
    {
        using var written = new StringWriter { NewLine = "\n" };
        var review = new PlainReview(
            _shown.Work.Interview,
            new OperatorLines(TextWriter.Null, new CancellationToken(canceled: true)),
            new PlainLines(written),
            _ => throw new InstallerException(ErrorCode.NomadUnreachable, "not planned here", ""),
            text => text
        );
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            review.ShowAsync(TestContext.Current.CancellationToken)
        );
        return [.. written.ToString().TrimEnd('\n').Split('\n')];
    }

    private static List<(string Label, string Value)> RowsOfLines(List<string> lines) =>
        [
            .. lines
                .SkipWhile(l => !l.StartsWith("  ", StringComparison.Ordinal))
                .TakeWhile(l => l.Length > 0)
                .Select(l => (l[2..24].Trim(), l[24..].Trim())),
        ];

    private List<(string Label, string Value)> RowsOfScreen()
    {
        const int Value = 23;
        var rows = new List<(string Label, string Value)>();
        foreach (var line in Screen().SkipWhile(l => l != "Your answers").Skip(1).TakeWhile(l => l.Length > 0))
        {
            var (label, value) = (line[..Math.Min(Value, line.Length)].Trim(), line[Math.Min(Value, line.Length)..]);
            if (label.Length > 0)
            {
                rows.Add((label, value));
            }
            else
            {
                rows[^1] = (rows[^1].Label, $"{rows[^1].Value} {value}");
            }
        }

        return rows;
    }

    // The lines of the review, without the frame: the title bar, the title and the empty line come first.
    private IEnumerable<string> Screen()
    {
        var lines = _shown.Screen.Lines;
        var left = lines
            .First(l => l.Contains("Your answers", StringComparison.Ordinal))
            .IndexOf("Your answers", StringComparison.Ordinal);
        return lines.Skip(3).Select(l => l.Length > left ? l[left..].TrimEnd() : "");
    }
}
