using ErpInstaller.Core.Errors;

namespace ErpInstaller.Core.Assets;

/// <summary>A file of the installer is not where it should be.</summary>
public sealed class AssetMissing(string name, string? directory)
    : InstallerException(
        $"{Path.Combine(directory ?? "(embedded)", name)}: there is no such asset",
        "Leave out --assets to use the files in the binary, or copy the repository's assets folder whole.",
        ExitCode.Usage
    );
