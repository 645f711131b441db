namespace ErpInstaller.Core.Files;

/// <summary>A file that the installer generates.</summary>
/// <param name="Path">Below the directory it is exported to, for example <c>image/Dockerfile</c>.</param>
/// <param name="Text">Its content.</param>
/// <param name="Executable">Whether it is a program.</param>
public sealed record GeneratedFile(string Path, string Text, bool Executable = false)
{
    /// <summary>0600, or 0700 for a program.</summary>
    public UnixFileMode Mode =>
        UnixFileMode.UserRead | UnixFileMode.UserWrite | (Executable ? UnixFileMode.UserExecute : UnixFileMode.None);
}
