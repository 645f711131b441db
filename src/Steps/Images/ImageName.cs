using ErpInstaller.Answers;
using ErpInstaller.Apps;

namespace ErpInstaller.Images;

/// <summary>References of the image: the tag says which release and which apps, and is never <c>latest</c>.</summary>
internal static class ImageName
{
    private const int FingerprintLength = 12;

    /// <summary><c>[registry/]name:release-fingerprint</c>.</summary>
    public static string Of(ImageAnswers answers, AppsLock apps)
    {
        var registry = answers.Registry.Length == 0 ? "" : answers.Registry.TrimEnd('/') + "/";
        return $"{registry}{answers.Name}:{apps.Release}-{apps.Fingerprint()[..FingerprintLength]}";
    }

    /// <summary>The reference's part before the tag.</summary>
    public static string Repository(string reference) => reference[..reference.LastIndexOf(':')];

    /// <summary>Docker's name of the registry of a reference's repository: the first part, when it looks like a host.</summary>
    public static string RegistryHost(string registry) => registry.Split('/')[0];
}
