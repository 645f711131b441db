using ErpInstaller.Answers.Keys;
using ErpInstaller.Answers.Rules;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Toml;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Files;

/// <summary>
/// Reads answer files strictly and reports all problems at once. The file is parsed once, into a tree. The keys of
/// <see cref="AnswerKeys"/> check the values of the tree and put the good ones into the answers.
/// </summary>
public static class AnswersReader
{
    /// <summary>Reads and checks an answer file.</summary>
    /// <param name="path">The prefix of each problem, unchanged.</param>
    /// <param name="known">The releases that the answers may name. Each release has its apps.</param>
    /// <exception cref="InstallerException">
    /// No such file, a directory, no permission, empty, too large, not UTF-8.
    /// </exception>
    /// <exception cref="AnswersInvalid">The file was read, and an answer in it is wrong.</exception>
    public static ReadAnswers Read(string path, AnswersVocabulary known) =>
        ReadText(AnswersText.Load(path), path, known);

    /// <summary>Checks the text of an answer file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">The prefix of each problem, like a path.</param>
    /// <param name="known">The releases that the answers may name. Each release has its apps.</param>
    /// <exception cref="AnswersInvalid">An answer in it is wrong.</exception>
    public static ReadAnswers ReadText(string text, string name, AnswersVocabulary known)
    {
        var problems = new ProblemList(name);
        var tree = TomlTree.Read(text, problems);
        SchemaVersion.Check(tree.Root, name);
        var (answers, release) = Check(tree.Root, tree.IsWhole, known, problems);
        return problems.AreNone && release is not null
            ? new ReadAnswers(answers, release, problems.Warnings, text)
            : throw new AnswersInvalid(problems.Problems);
    }

    /// <summary>Reads answers that are not finished. They may break rules and have no release.</summary>
    /// <exception cref="InstallerException">The file is not TOML, or a value is of a wrong kind.</exception>
    internal static AnswerFile ReadDraft(string path)
    {
        var problems = new ProblemList(path);
        var answers = AnswersTree.Read(TomlTree.Read(File.ReadAllText(path), problems).Root, problems);
        return problems.AreNone ? answers : throw FileUnreadable.Toml(problems.Problems[0]);
    }

    /// <summary>All problems of answers that are not in a file, in the order that a file would have.</summary>
    internal static IReadOnlyList<FileProblem> Problems(AnswerFile answers, AnswersVocabulary known)
    {
        var problems = new ProblemList("");
        Check(AnswersTree.Of(answers), isWhole: true, known, problems);
        return problems.Problems;
    }

    /// <summary>The problem that a key's own rule finds in one value; null when there is none.</summary>
    internal static FileProblem? Problem(ValueKey key, object value)
    {
        var problems = new ProblemList("");
        new ValueCheck(problems).Check(key.ToNode(value, Place.Start), key, key.Path);
        return problems.Problems is [var first, ..] ? first : null;
    }

    private static (AnswerFile Answers, Release? Release) Check(
        TableNode root,
        bool isWhole,
        AnswersVocabulary known,
        ProblemList problems
    )
    {
        var keys = KeyCheck.Run(root, isWhole, problems);
        var answers = AnswersTree.Read(keys.Root, problems);
        return (answers, isWhole ? AnswerRules.Check(keys, answers, known, problems) : null);
    }
}
