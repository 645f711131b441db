using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers.Files;

/// <summary>
/// Answers without the secrets that were typed into them, and the files that will hold those secrets.
/// </summary>
/// <param name="Answers">Each typed secret is replaced by the path of its file.</param>
/// <param name="Secrets">Path → secret.</param>
internal sealed record SeparatedAnswers(AnswerFile Answers, IReadOnlyDictionary<string, string> Secrets);

/// <summary>Keeps each typed secret in its own file, 0600. No answer file ever holds one.</summary>
internal static class SecretFiles
{
    /// <summary>Replaces each typed secret by the path of its file. Writes nothing.</summary>
    /// <param name="folder">The folder of the files.</param>
    public static SeparatedAnswers Separate(AnswerFile answers, string folder)
    {
        var secrets = new Dictionary<string, string>();
        var separated = AnswerKeys.ReplaceSecrets(answers, (source, name) =>
        {
            if (source.Literal is not { } secret)
            {
                return source;
            }

            var path = Path.Combine(folder, name);
            secrets[path] = secret;
            return new SecretSource { File = path };
        });
        return new SeparatedAnswers(separated, secrets);
    }

    /// <summary>Writes the files, 0600, in a folder with mode 0700.</summary>
    /// <exception cref="StateDirectoryUnusable">They cannot be written.</exception>
    public static void Write(IReadOnlyDictionary<string, string> secrets)
    {
        foreach (var (path, secret) in secrets)
        {
            var folder = Path.GetDirectoryName(path)!;
            StateDirectoryUnusable.Trying(folder, () =>
                Directory.CreateDirectory(
                    folder,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                )
            );
            AtomicFile.Write(path, secret);
        }
    }
}
