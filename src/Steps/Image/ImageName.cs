using ErpInstaller.Answers;
using ErpInstaller.Apps;

namespace ErpInstaller.Image;

/// <summary>
/// References of the image. The tag identifies the release and the apps lock; it is never <c>latest</c>.
/// </summary>
internal static class ImageName
{
    private const int FingerprintLength = 12;

    /// <summary><c>[registry/]name:release-fingerprint</c>.</summary>
    public static string Of(ImageAnswers answers, AppsLock apps)
    {
        var registry = answers.Registry.Length == 0 ? "" : answers.Registry.TrimEnd('/') + "/";
        return registry + OnEngine(answers, apps);
    }

    /// <summary>
    /// <c>name:release-fingerprint-existing</c>: marks the operator's own image as checked for these apps.
    /// </summary>
    /// <remarks>It differs from the built image's name, because running containers restart from that name.</remarks>
    public static string OfExisting(ImageAnswers answers, AppsLock apps) => OnEngine(answers, apps) + "-existing";

    private static string OnEngine(ImageAnswers answers, AppsLock apps) =>
        $"{answers.Name}:{apps.Release}-{apps.Fingerprint()[..FingerprintLength]}";
}
