using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Composition;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Releases;
using ErpInstaller.Run;
using ErpInstaller.Tests.Answers;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Run;

/// <summary>Words that scripts and the files of installed hosts depend on.</summary>
public sealed partial class StableWordsTests
{
    private static readonly string Page = File.ReadAllText(Repository.In("docs", "errors.md"));

    private static readonly ErrorCode[] Codes =
    [
        .. typeof(ErrorCode)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => f.GetValue(null))
            .OfType<ErrorCode>(),
    ];

    [Fact]
    public void No_two_errors_have_the_same_code() =>
        Assert.Empty(Codes.GroupBy(c => c.Word).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void The_page_lists_each_code_with_its_exit_code_and_no_other()
    {
        var given = Codes.Select(c => (c.Word, Exit: ((int)c.ExitCode).ToString(CultureInfo.InvariantCulture)));
        var listed = Row().Matches(Page).Select(m => (Word: m.Groups["word"].Value, Exit: m.Groups["exit"].Value));

        Assert.Equal(given.OrderBy(c => c.Word, StringComparer.Ordinal), listed);
    }

    [Fact]
    public void The_page_lists_each_exit_code()
    {
        var listed = ExitRow().Matches(Page).Select(m => m.Groups["exit"].Value);

        Assert.Equal(Enum.GetValues<ExitCode>().Select(c => ((int)c).ToString(CultureInfo.InvariantCulture)), listed);
    }

    [Fact]
    public void A_code_that_a_host_may_have_kept_is_still_listed()
    {
        // Add codes to that file, and never remove one: an unused code stays on the page, with a note.
        var kept = File.ReadLines(Repository.In("tests", "cases", "state", "error-codes.txt"));

        Assert.All(kept, word => Assert.Contains($"| `{word}` |", Page, StringComparison.Ordinal));
        Assert.Empty(Codes.Select(c => c.Word).Except(kept));
    }

    [Fact]
    public void The_page_lists_the_steps_in_their_order()
    {
        var listed = StepRow().Matches(Page).Select(m => m.Groups["id"].Value);

        var restore = InstallSteps.Of(
            Operation.Restore(new RestoreRequest("latest", Files: null, Safeguard: true), "erp.example.com")
        );
        Assert.Equal(
            InstallSteps
                .InOrder()
                .Concat(InstallSteps.Of(Operation.Backup))
                .Concat(restore)
                .Concat(InstallSteps.Of(Operation.Rollback("erp.example.com")))
                .Concat(
                    InstallSteps.Of(
                        Operation.Remove(new RemovalRequest("erpnext", Data: false, Backups: false), "erp.example.com")
                    )
                )
                .Select(s => s.Id)
                .Distinct(),
            listed
        );
        Assert.Equal(
            [
                StepId.HostChecks,
                StepId.Apps,
                StepId.Certificate,
                StepId.Image,
                StepId.Deployment,
                StepId.Schedule,
                StepId.Verification,
                StepId.Backup,
                StepId.BackupCheck,
                StepId.RestoreSource,
                StepId.RestoreSafeguard,
                StepId.Restore,
                StepId.RollbackSource,
                StepId.RollbackSafeguard,
                StepId.Rollback,
                StepId.RemoveJobs,
                StepId.RemoveRest,
            ],
            listed
        );
    }

    [Theory]
    [InlineData("installer.toml")]
    [InlineData("tests/cases/answers/accepted/cluster-nfs.toml")]
    [InlineData("tests/cases/answers/accepted/mail.toml")]
    public void The_inputs_of_steps_are_spelled_as_in_the_answer_file(string file)
    {
        var read = AnswersReader.Read(
            Repository.In(file),
            file == "installer.toml" ? AnswersVocabulary.Of(new ReleaseCatalog(new AssetSource())) : AnswerCases.Known
        );
        var settings = new StepSettings(read.Answers, read.Release);

        GoldenFile.Check(
            Repository.In("tests", "cases", "state", $"inputs-{Path.GetFileNameWithoutExtension(file)}.txt"),
            string.Join('\n', InstallSteps.InOrder().Select(s => $"# {s.Id}\n{s.Inputs(settings).Text}"))
        );
    }

    [GeneratedRegex(@"^\| `(?<word>[A-Z]\w+)` \| (?<exit>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?<exit>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex ExitRow();

    [GeneratedRegex(@"^\| `(?<id>[a-z-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex StepRow();
}
