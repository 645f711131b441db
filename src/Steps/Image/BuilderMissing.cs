using ErpInstaller.Core.Errors;

namespace ErpInstaller.Image;

/// <summary>The answers want buildx, and it is not there or does not work.</summary>
public sealed class BuilderMissing()
    : InstallerException(
        "image.builder = \"buildx\": docker buildx does not work on this host",
        "apt-get install docker-buildx   (or docker-buildx-plugin), then: docker buildx inspect default. Or set image.builder = \"engine\".",
        ExitCode.StepFailed
    );
