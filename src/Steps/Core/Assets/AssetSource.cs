using System.Reflection;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Core.Assets;

/// <summary>The installer's own files: embedded in the binary, or from a directory that replaces them.</summary>
/// <param name="directory">Replaces the embedded files when not null.</param>
public sealed class AssetSource(string? directory = null)
{
    private const string Prefix = "assets/";
    private static readonly Assembly Binary = typeof(AssetSource).Assembly;

    /// <summary>Names of the files below a folder, for example <c>releases</c>, in alphabetical order.</summary>
    /// <exception cref="InstallerException">There is no such folder.</exception>
    public IReadOnlyList<string> List(string folder)
    {
        var names =
            directory is null
                ? Binary
                    .GetManifestResourceNames()
                    .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
                    .Select(n => n[Prefix.Length..])
            : Directory.Exists(Path.Combine(directory, folder)) ? FilesBelow(directory)
            : throw Missing(folder);
        return
        [
            .. names.Where(n => n.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>A file's text.</summary>
    /// <param name="name">For example <c>deployment/nginx.conf</c>.</param>
    /// <exception cref="InstallerException">There is no such file.</exception>
    public string Read(string name)
    {
        using var stream = Open(name) ?? throw Missing(name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private InstallerException Missing(string name) =>
        new(
            ErrorCode.AssetMissing,
            $"{Path.Combine(directory ?? "(embedded)", name)}: this asset does not exist",
            "Leave out --assets to use the files in the binary, or copy the complete assets folder of the repository."
        );

    private static IEnumerable<string> FilesBelow(string directory) =>
        Directory
            .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(directory, f));

    private Stream? Open(string name)
    {
        if (directory is null)
        {
            return Binary.GetManifestResourceStream(Prefix + name);
        }

        var path = Path.Combine(directory, name);
        return File.Exists(path) ? File.OpenRead(path) : null;
    }
}
