using ErpInstaller.Core.Errors;

namespace ErpInstaller.Core.Assets;

/// <summary>An asset is missing: <c>--assets</c> names an incomplete folder, or the binary lacks the file.</summary>
public sealed class AssetMissing(string name, string? directory)
    : InstallerException(
        $"{Path.Combine(directory ?? "(embedded)", name)}: this asset does not exist",
        "Leave out --assets to use the files in the binary, or copy the complete assets folder of the repository.",
        ExitCode.Usage
    );
