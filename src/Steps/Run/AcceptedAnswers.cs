using System.Security.Cryptography;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Releases;

namespace ErpInstaller.Run;

/// <summary>The answers that the last run began with: <c>answers.toml</c> in the state directory.</summary>
public sealed class AcceptedAnswers(StateDirectory directory, AssetSource assets)
{
    /// <summary>Writes the answers of a run that begins.</summary>
    /// <returns>Their hash, for <see cref="InstallState.Answers"/>.</returns>
    public string Write(string text)
    {
        AtomicFile.Write(directory.Answers, text);
        return Hash();
    }

    /// <summary>
    /// The answers, read by today's rules. Null if the accepted answers are not known: the file is missing, this
    /// version cannot read it, or it was edited after the run.
    /// </summary>
    public StepSettings? Find(InstallState state)
    {
        try
        {
            if (!File.Exists(directory.Answers) || !IsUnedited(state))
            {
                return null;
            }

            var read = AnswersReader.Read(directory.Answers, AnswersVocabulary.Of(new ReleaseCatalog(assets)));
            return new StepSettings(read.Answers, read.Release);
        }
        catch (Exception e) when (e is InstallerException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Earlier installers kept no hash. They wrote the state after the answers, at each change of a step.
    private bool IsUnedited(InstallState state) =>
        state.Answers is { } hash
            ? hash == Hash()
            : File.GetLastWriteTimeUtc(directory.Answers) <= File.GetLastWriteTimeUtc(directory.State);

    private string Hash() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(directory.Answers)));
}
