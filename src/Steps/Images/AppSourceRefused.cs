using ErpInstaller.Apps;
using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>An app's repository cannot be fetched inside an image build.</summary>
public sealed class AppSourceRefused : InstallerException
{
    private AppSourceRefused(string message, string hint)
        : base(message, hint, ExitCode.Usage)
    {
    }

    /// <summary>The address again, if a build can fetch from it.</summary>
    /// <exception cref="AppSourceRefused">It needs this host's files or keys, or has a login in it.</exception>
    internal static string Check(LockedApp app, string url)
    {
        var key = $"apps.override.{app.Name}.url";
        if (!url.StartsWith("http://", StringComparison.Ordinal) && !url.StartsWith("https://", StringComparison.Ordinal)
            && !url.StartsWith("git://", StringComparison.Ordinal))
        {
            throw new AppSourceRefused(
                $"{app.Name}: an image build has neither this host's files nor its ssh keys: {url}",
                $"Give an address that begins with https://: {key}");
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
            ? url
            : throw new AppSourceRefused(
                $"{app.Name}: a login in the repository's address would stay in the image's history",
                $"Leave it out of {key}; a private repository cannot be built from yet.");
    }
}
