using System.Collections.Concurrent;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Releases;

/// <summary>
/// The releases of this installer: the files in <c>assets/releases</c>. Each is read once. Any thread may use it.
/// </summary>
public sealed class ReleaseCatalog(AssetSource assets)
{
    private const string Folder = "releases";
    private readonly ConcurrentDictionary<string, Release> _loaded = new();

    /// <summary>Their names, as in <c>erpnext.release</c>, in alphabetical order.</summary>
    public IReadOnlyList<string> Names { get; } =
    [
        .. assets
            .List(Folder)
            .Where(f => f.EndsWith(".toml", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f)!),
    ];

    /// <summary>Reads a release.</summary>
    /// <exception cref="InstallerException">There is none of that name, or its file is wrong.</exception>
    public Release Load(string name) => _loaded.GetOrAdd(name, Read);

    private Release Read(string name)
    {
        if (!Names.Contains(name))
        {
            throw new InstallerException(
                ErrorCode.ReleaseUnreadable,
                $"There is no release {name}",
                $"Releases of this installer: {string.Join(", ", Names)}"
            );
        }

        try
        {
            return SafeToml.Read(assets.Read($"{Folder}/{name}.toml"), ReleaseToml.Default.Release);
        }
        catch (TomlUnreadable e)
        {
            throw new InstallerException(
                ErrorCode.ReleaseUnreadable,
                $"{Folder}/{name}.toml:{e.Fault.Place}: {e.Fault.What}",
                "Repair the file, or leave out --assets.",
                e
            );
        }
    }
}
