namespace ErpInstaller.Core.Files;

/// <summary>A file that the installer generates.</summary>
/// <param name="Path">Below the directory it is exported to, for example <c>image/Dockerfile</c>.</param>
/// <param name="Text">Its content.</param>
/// <param name="Executable">It is a program.</param>
public sealed record GeneratedFile(string Path, string Text, bool Executable = false)
{
    /// <summary>0600, of a program 0700.</summary>
    public UnixFileMode Mode =>
        UnixFileMode.UserRead | UnixFileMode.UserWrite | (Executable ? UnixFileMode.UserExecute : UnixFileMode.None);
}
