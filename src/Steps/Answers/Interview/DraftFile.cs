using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Answers.Interview;

/// <summary>
/// The answers as <c>draft.toml</c> in the state directory, so that they survive the front end. A draft may be
/// incomplete and wrong. Typed secrets are in files of their own beside it.
/// </summary>
internal sealed class DraftFile(StateDirectory directory)
{
    /// <summary>Whether there is a draft.</summary>
    public bool Exists => File.Exists(directory.Draft);

    /// <summary>Reads the draft; without one, the default answers.</summary>
    /// <exception cref="InstallerException">It is not TOML, or a value has the wrong type.</exception>
    public AnswerFile Read()
    {
        if (!Exists)
        {
            return new AnswerFile();
        }

        return AnswersReader.ReadDraft(directory.Draft);
    }

    /// <summary>The answers as the draft holds them: with the path of a file in place of each typed secret.</summary>
    public SeparatedAnswers Separate(AnswerFile answers) => SecretFiles.Separate(answers, directory.In("secrets"));

    /// <summary>Writes the secrets and the draft, all 0600.</summary>
    /// <exception cref="StateDirectoryUnusable">They cannot be written.</exception>
    public void Write(SeparatedAnswers draft)
    {
        directory.Prepare();
        SecretFiles.Write(draft.Secrets);
        AtomicFile.Write(directory.Draft, AnswersWriter.Write(draft.Answers));
    }
}
