using ErpInstaller.Answers.Rules;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Toml;
using Tomlyn;

namespace ErpInstaller.Answers.Files;

/// <summary>
/// Reads answer files strictly and names everything that is wrong with one at once. Each key is described once, in
/// <see cref="AnswerKeys"/>: checking, the JSON schema and the defaults come from there, binding from Tomlyn's generator.
/// </summary>
public static class AnswersReader
{
    /// <summary>Reads and checks an answer file.</summary>
    /// <param name="path">Stands in front of each problem as it is given here.</param>
    /// <param name="known">Releases, and by them the apps, that the answers may name.</param>
    /// <exception cref="InstallerException">No such file, a directory, no permission, empty, too large, not UTF-8.</exception>
    /// <exception cref="AnswersInvalid">It can be read, and something in it is wrong.</exception>
    public static ReadAnswers Read(string path, AnswersVocabulary known) =>
        ReadText(AnswersText.Load(path), path, known);

    /// <summary>Checks the text of an answer file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">Stands in front of each problem, like a path.</param>
    /// <param name="known">Releases, and by them the apps, that the answers may name.</param>
    /// <exception cref="AnswersInvalid">Something in it is wrong.</exception>
    public static ReadAnswers ReadText(string text, string name, AnswersVocabulary known)
    {
        var problems = new ProblemList(name);
        var tree = TomlTree.Read(text, problems);
        SchemaVersion.Check(tree.Root, name);
        var keys = KeyCheck.Run(tree, problems);
        if (tree.IsWhole)
        {
            var answers = TomlSerializer.Deserialize(SoundText.Of(keys), AnswersToml.Default.AnswerFile)!;
            var release = AnswerRules.Check(keys, answers, known, problems);
            if (problems.AreNone && release is not null)
            {
                return new ReadAnswers(answers, release, problems.Warnings, text);
            }
        }

        throw new AnswersInvalid(problems.Problems);
    }
}
