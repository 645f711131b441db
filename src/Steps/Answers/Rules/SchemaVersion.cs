using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>Refuses a file of a newer format, before any other check.</summary>
internal static class SchemaVersion
{
    /// <summary>Looks at the key <c>schema</c>.</summary>
    /// <exception cref="AnswersInvalid">The file is of a newer format: every other complaint would mislead.</exception>
    public static void Check(TableNode root, string file)
    {
        if (root.Find("schema")?.Value is NumberNode { Value: > AnswerKeys.Schema } found)
        {
            var problems = new ProblemList(file);
            problems.Add(
                found.Place,
                "schema",
                $"the file is of format {found.Value}, this installer reads format {AnswerKeys.Schema}",
                "use the newer installer it was written for"
            );
            throw new AnswersInvalid(problems.Problems);
        }
    }
}
