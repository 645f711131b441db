using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>An app's repository cannot be fetched for an image build without giving a secret away.</summary>
public sealed class AppSourceRefused : InstallerException
{
    private AppSourceRefused(string message, string hint)
        : base(message, hint, ExitCode.Usage) { }

    /// <summary>The engine's own builder keeps what a build is given in the image's history.</summary>
    internal static AppSourceRefused NeedsBuildKit(string app) =>
        new(
            $"{app}: only BuildKit can fetch a private repository without leaving its token in the image's history",
            $"apt-get install docker-buildx   (or docker-buildx-plugin), and image.builder = \"auto\". Or give an ssh address: apps.override.{app}.url"
        );

    /// <inheritdoc cref="NeedsBuildKit"/>
    internal static AppSourceRefused LoginNeedsBuildKit(string key) =>
        new(
            $"{key}: only BuildKit can use a login without leaving it in the image's history",
            "apt-get install docker-buildx   (or docker-buildx-plugin), and image.builder = \"auto\". Or use a mirror without a login."
        );

    /// <summary>The address again, if it has no login in it.</summary>
    /// <exception cref="AppSourceRefused">It has one.</exception>
    internal static string Check(LockedApp app, string url) =>
        app.IsFetchedHere || (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0)
            ? url
            : throw new AppSourceRefused(
                $"{app.Name}: a login in the repository's address would stay in the image's history",
                $"Leave it out of apps.override.{app.Name}.url and give it as a secret: {AppLogins.Key(app.Name)}"
            );
}
