using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>This version builds with the engine's own builder only.</summary>
public sealed class BuilderMissing() : InstallerException(
    "image.builder = \"buildx\": this version of the installer builds with the engine's own builder",
    "Set image.builder = \"engine\", or \"auto\".",
    ExitCode.Usage);
