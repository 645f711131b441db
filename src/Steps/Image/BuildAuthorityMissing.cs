using ErpInstaller.Core.Errors;

namespace ErpInstaller.Image;

/// <summary>The authority that the build should trust cannot be read.</summary>
public sealed class BuildAuthorityMissing(string path)
    : InstallerException(
        $"image.ca_certificate: there is no file {path}",
        "Give the path of a PEM file with the authority's certificate, or leave it out.",
        ExitCode.Usage
    );
