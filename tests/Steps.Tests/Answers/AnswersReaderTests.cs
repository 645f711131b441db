using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Toml;
using ErpInstaller.Run;

namespace ErpInstaller.Tests.Answers;

public sealed class AnswersReaderTests
{
    public static IEnumerable<TheoryDataRow<string>> Accepted => AnswerCases.In("accepted");

    public static IEnumerable<TheoryDataRow<string>> Refused => AnswerCases.In("refused");

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Accepted_answers_give_the_expected_values(string name)
    {
        var read = AnswerCases.Read("accepted", name);

        AnswerCases.AssertIs("accepted", name, ".json", AnswersJson.Of(read.Answers));
        AnswerCases.AssertIs("accepted", name, ".txt", Lines(read.Warnings));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Wrong_answers_give_the_expected_problems(string name)
    {
        var refusal = Record.Exception(() => AnswerCases.Read("refused", name));

        var error = Assert.IsAssignableFrom<InstallerException>(refusal);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        AnswerCases.AssertIs(
            "refused",
            name,
            ".txt",
            error is AnswersInvalid all ? Lines(all.Problems) : error.Message + "\n"
        );
    }

    private static string Lines(IReadOnlyList<FileProblem> problems) => string.Concat(problems.Select(p => p + "\n"));
}
