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
        return registry + OnEngine(answers, apps);
    }

    /// <summary><c>name:release-fingerprint</c>. An existing image that was found to have the apps gets this name too.</summary>
    public static string OnEngine(ImageAnswers answers, AppsLock apps) =>
        $"{answers.Name}:{apps.Release}-{apps.Fingerprint()[..FingerprintLength]}";
}
