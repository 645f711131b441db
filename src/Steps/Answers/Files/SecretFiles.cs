using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers.Files;

/// <summary>Secrets that were typed are kept in files of their own, 0600, so that no answer file ever holds one.</summary>
public static class SecretFiles
{
    /// <summary>The same answers with each secret that stands in them moved to a file.</summary>
    /// <param name="folder">Where; made 0700 if need be.</param>
    /// <exception cref="StateDirectoryUnusable">They cannot be written.</exception>
    public static AnswerFile MoveOut(AnswerFile answers, string folder) =>
        AnswerKeys.ReplaceSecrets(answers, (secret, name) => MoveOut(secret, folder, name));

    private static SecretSource MoveOut(SecretSource source, string folder, string name)
    {
        if (source.Literal is not { } secret)
        {
            return source;
        }

        StateDirectoryUnusable.Trying(folder, () =>
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
        );
        var path = Path.Combine(folder, name);
        AtomicFile.Write(path, secret);
        return new SecretSource { File = path };
    }
}
