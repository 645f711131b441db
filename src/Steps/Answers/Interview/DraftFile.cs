using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Answers.Interview;

/// <summary>
/// The answers that are being given, kept as <c>draft.toml</c> after each change: whatever ends the front end, nothing that was
/// typed is lost. A draft may be incomplete and wrong.
/// </summary>
public sealed class DraftFile(StateDirectory directory)
{
    /// <summary>There is a draft.</summary>
    public bool Exists => File.Exists(directory.Draft);

    /// <summary>Reads it; answers with their defaults when there is none.</summary>
    /// <exception cref="InstallerException">It is no TOML, or its values have other types than answers.</exception>
    public AnswerFile Read()
    {
        if (!Exists)
        {
            return new AnswerFile();
        }

        return AnswersReader.ReadDraft(directory.Draft);
    }

    /// <summary>Keeps it, 0600. Secrets that were typed are moved to files of their own in the state directory, 0600 too.</summary>
    /// <returns>The answers with those files in place of the secrets.</returns>
    /// <exception cref="StateDirectoryUnusable">It cannot be written.</exception>
    public AnswerFile Write(AnswerFile answers)
    {
        directory.Prepare();
        var kept = SecretFiles.MoveOut(answers, directory.In("secrets"));
        AtomicFile.Write(directory.Draft, AnswersWriter.Write(kept));
        return kept;
    }
}
