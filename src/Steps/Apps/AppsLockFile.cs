using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Toml;
using Tomlyn;
using Tomlyn.Serialization;

namespace ErpInstaller.Apps;

/// <summary>Reads and writes <c>apps.lock.toml</c>.</summary>
internal static class AppsLockFile
{
    private const int Schema = 1;

    private const string Head = """
        # Apps resolved to commits. The installer keeps to it until it is told to resolve again;
        # copy it beside another host's answers to build the same image there.

        """;

    /// <summary>Reads the apps lock; null when there is no file.</summary>
    /// <exception cref="InstallerException">It cannot be parsed, holds nothing, or a newer installer wrote
    /// it.</exception>
    public static AppsLock? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var text = StateDirectoryUnusable.Trying(path, () => File.ReadAllText(path));
            var content = SafeToml.Read(text, AppsLockToml.Default.AppsLock);
            return content.Schema > Schema ? throw FileUnreadable.Newer(path, content.Schema, Schema)
                : content.Release.Length == 0 ? throw FileUnreadable.Empty(path)
                : content;
        }
        catch (TomlUnreadable e)
        {
            throw FileUnreadable.Toml(path, e);
        }
    }

    /// <summary>Writes the file atomically.</summary>
    public static void Write(string path, AppsLock content) =>
        AtomicFile.Write(path, Head + TomlSerializer.Serialize(content, AppsLockToml.Default.AppsLock));
}

/// <summary>Generated reading and writing of the lock file; every key has its name at its property.</summary>
[TomlSerializable(typeof(AppsLock))]
internal sealed partial class AppsLockToml : TomlSerializerContext;
