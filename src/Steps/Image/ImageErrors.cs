using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>Errors of the image step; a build that fails is <see cref="BuildFailed"/>.</summary>
internal static class ImageErrors
{
    private const string GetBuildKit =
        "apt-get install docker-buildx   (or docker-buildx-plugin), and image.builder = \"auto\". ";

    /// <summary>The engine's own builder writes build arguments to the image's history.</summary>
    public static InstallerException PrivateAppNeedsBuildKit(string app, string key) =>
        new(
            ErrorCode.AppSourceRefused,
            $"{app}: only BuildKit can fetch a private repository without leaving its token in the image's history",
            $"{GetBuildKit}Or use an ssh URL: {key}.url"
        );

    /// <inheritdoc cref="PrivateAppNeedsBuildKit"/>
    public static InstallerException LoginNeedsBuildKit(string key) =>
        new(
            ErrorCode.AppSourceRefused,
            $"{key}: only BuildKit can use a login without leaving it in the image's history",
            $"{GetBuildKit}Or use a mirror without a login."
        );

    /// <summary>The address of an app's repository has a login in it.</summary>
    public static InstallerException LoginInAddress(LockedApp app) =>
        new(
            ErrorCode.AppSourceRefused,
            $"{app.Name}: a login in the repository's address would stay in the image's history",
            $"Remove it from the app's url in the answers, and set it as a secret: token, in the same table"
        );

    /// <summary>The answers ask for buildx, which is missing or does not work.</summary>
    public static InstallerException BuilderMissing() =>
        new(
            ErrorCode.BuilderMissing,
            "image.builder = \"buildx\": docker buildx does not work on this host",
            "apt-get install docker-buildx   (or docker-buildx-plugin), then: docker buildx inspect default. "
                + "Or set image.builder = \"engine\"."
        );

    /// <summary>An image lacks something that it should have.</summary>
    public static InstallerException ContentWrong(string reference, string what, string hint) =>
        new(ErrorCode.ImageContentWrong, $"{reference}: {what}", hint);

    /// <summary>The apps lock has a value that must not reach a Dockerfile or a shell.</summary>
    public static InstallerException LockUnusable(string value) =>
        new(
            ErrorCode.LockUnusable,
            $"apps.lock.toml: this value cannot be used in a Dockerfile: {value}",
            "Remove the apps lock to resolve the apps again. If the value comes from the answers, correct it there."
        );
}
