using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;

namespace ErpInstaller.Tests.Answers;

/// <summary>Typed secrets in one call, as the draft keeps them.</summary>
internal static class TypedSecrets
{
    /// <summary>Writes the secrets to files in a folder.</summary>
    /// <returns>The answers with the paths of those files.</returns>
    public static AnswerFile MoveOut(AnswerFile answers, string folder)
    {
        var separated = SecretFiles.Separate(answers, folder);
        SecretFiles.Write(separated.Secrets);
        return separated.Answers;
    }
}
