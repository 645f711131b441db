namespace ErpInstaller.Engine;

/// <summary>A file that the installer generates.</summary>
/// <param name="Path">Below the directory it is written to, for example <c>image/Dockerfile</c>.</param>
/// <param name="Text">Its content.</param>
/// <param name="Executable">Written 0700 instead of 0600.</param>
public sealed record GeneratedFile(string Path, string Text, bool Executable = false);
