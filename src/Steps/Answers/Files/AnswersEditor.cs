using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Text;
using ErpInstaller.Core.Toml;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Files;

/// <summary>An answer that a command changes.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Before">Its value, in TOML; null: it has none.</param>
/// <param name="After">Its new value, in TOML.</param>
/// <param name="Read">The whole file as it was read.</param>
/// <param name="Text">The whole file with the new value.</param>
public sealed record EditedAnswers(string Key, string? Before, string After, string Read, string Text)
{
    /// <summary>Whether the answer has another value than before.</summary>
    public bool IsChange => Before != After;

    /// <summary>Writes the file. It keeps its mode and its owner.</summary>
    /// <param name="path">The answer file.</param>
    /// <exception cref="InstallerException">
    /// It cannot be written, or somebody changed it after it was read.
    /// </exception>
    public void WriteTo(string path)
    {
        try
        {
            // A link stays a link.
            var file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            if (File.ReadAllText(file) != Read)
            {
                throw AnswersEditor.NotEdited(path, "it was changed while this command ran", Key, After);
            }

            int? owner = Environment.IsPrivilegedProcess ? PosixFile.OwnerOf(file) : null;
            AtomicFile.Write(file, Text, File.GetUnixFileMode(file), owner);
        }
        catch (Exception e) when (e is StateDirectoryUnusable or IOException or UnauthorizedAccessException)
        {
            throw AnswersEditor.NotEdited(path, e.Message, Key, After);
        }
    }
}

/// <summary>
/// Changes one answer in the text of an answer file. Comments, order and every other answer stay as they are.
/// </summary>
public static class AnswersEditor
{
    private static ValueKey Install { get; } = AnswerKeys.At("apps.install").Single();

    /// <summary>The groups whose number of containers can be chosen.</summary>
    public static IReadOnlyList<ContainerGroup> ScalableGroups { get; } =
    [.. ContainerGroups.All.Where(g => g.Scale is not null)];

    /// <summary>Sets the number of containers of a group.</summary>
    /// <param name="text">The text of the answer file.</param>
    /// <param name="answers">What it says.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="count">The number, as the operator typed it.</param>
    /// <exception cref="InstallerException">The key does not take this number.</exception>
    public static EditedAnswers Scale(string text, AnswerFile answers, string path, ContainerGroup group, string count)
    {
        var key = AnswerKeys.At($"scale.{group.Key}").Single();
        return Set(text, answers, path, key, Checked(key, count, answers));
    }

    /// <summary>Adds an app to those that are installed.</summary>
    /// <param name="text">The text of the answer file.</param>
    /// <param name="answers">What it says.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="app">The app's name.</param>
    /// <param name="release">The release of the answers, with the operator's own apps.</param>
    /// <exception cref="InstallerException">The release does not have the app, or it is installed already.</exception>
    public static EditedAnswers AddApp(string text, AnswerFile answers, string path, string app, Release release)
    {
        AppChoice.CheckNew(app, answers.Apps, release);
        List<string> apps = [.. answers.Apps.Install, app];
        var edited = new TomlEdit(text).AddItem(Install.Path.Split('.'), TomlText.Of(app));
        return edited is null
            ? Set(text, answers, path, Install, apps)
            : Result(text, edited, answers, path, Install, apps);
    }

    /// <summary>Takes an app out of those that are installed. It may be missing there.</summary>
    /// <param name="text">The text of the answer file.</param>
    /// <param name="answers">What it says.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="app">The app's name.</param>
    /// <param name="release">The release of the answers, with the operator's own apps.</param>
    /// <exception cref="InstallerException">Another app needs it, or it belongs to every site.</exception>
    public static EditedAnswers RemoveApp(string text, AnswerFile answers, string path, string app, Release release)
    {
        List<string> apps = [.. answers.Apps.Install.Where(a => a != app)];
        AppChoice.CheckUnneeded(app, answers.Apps with { Install = apps }, release);
        var edited = new TomlEdit(text).RemoveItem(Install.Path.Split('.'), app);
        return edited is null
            ? Set(text, answers, path, Install, apps)
            : Result(text, edited, answers, path, Install, apps);
    }

    /// <summary>The error for a file that cannot be changed here.</summary>
    internal static InstallerException NotEdited(string path, string reason, string key, string value) =>
        new(
            ErrorCode.AnswersNotEdited,
            $"{path}: {key} was not changed: {reason}",
            $"Write {key} = {value} into it yourself, then: erp-installer install --answers {ShellWord.Of(path)} "
                + "--accept-changes"
        );

    private static object Checked(ValueKey key, string typed, AnswerFile answers)
    {
        InstallerException Wrong(string problem) =>
            new(ErrorCode.AnswersInvalid, problem, $"Nothing was changed: {key.Path} is {key.Spelling(answers, "")}.");

        try
        {
            var value = key.FromText(typed)!;
            return AnswersReader.Problem(key, value) is { } problem ? throw Wrong(problem.InAnswers) : value;
        }
        catch (FormatException e)
        {
            throw Wrong($"{key.Path}: {e.Message}");
        }
    }

    private static EditedAnswers Set(string text, AnswerFile answers, string path, ValueKey key, object value)
    {
        var edited = new TomlEdit(text).Set(key.Path.Split('.'), TomlText.Of(value));
        return Result(text, edited, answers, path, key, value);
    }

    // The editor knows the forms that people write. A text that it would spoil is refused.
    private static EditedAnswers Result(
        string before,
        string after,
        AnswerFile answers,
        string path,
        ValueKey key,
        object value
    )
    {
        var (old, spelled) = (key.Spelling(answers, ""), TomlText.Of(value));
        var problems = new ProblemList(path);
        var read = AnswersTree.Read(TomlTree.Read(after, problems).Root, problems);
        var wanted = key.Set(answers, value);
        var isRight =
            problems.AreNone
            && AnswerKeys.Values.All(k => k.Spelling(read, "a secret") == k.Spelling(wanted, "a secret"));
        return isRight
            ? new EditedAnswers(key.Path, old, spelled, before, old == spelled ? before : after)
            : throw NotEdited(path, "the file is written in a way that this command cannot edit", key.Path, spelled);
    }
}
