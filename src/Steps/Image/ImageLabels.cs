using ErpInstaller.Apps;

namespace ErpInstaller.Image;

/// <summary>Labels of the image that describe its content.</summary>
internal static class ImageLabels
{
    private const string Prefix = "io.github.erp-installer.";

    /// <summary>Label with the lock's fingerprint, by which the probe recognises the image.</summary>
    public const string Fingerprint = Prefix + "lock-fingerprint";

    /// <summary>
    /// All labels of an image that was built from a lock. They are equal for all builds of the same lock.
    /// </summary>
    /// <remarks>Names beginning with <c>org.opencontainers</c>: image-spec, annotations.md.</remarks>
    public static IReadOnlyDictionary<string, string> Of(AppsLock apps)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Fingerprint] = apps.Fingerprint(),
            [Prefix + "release"] = apps.Release,
            ["org.opencontainers.image.title"] = "ERPNext with apps",
            ["org.opencontainers.image.description"] =
                "Frappe, ERPNext" + string.Concat(apps.Apps.Select(a => $", {a.Name}")),
            ["org.opencontainers.image.version"] = apps.Release,
            ["org.opencontainers.image.base.name"] = apps.RuntimeImage,
        };
        if (apps.RuntimeDigest.Length > 0)
        {
            labels["org.opencontainers.image.base.digest"] = apps.RuntimeDigest;
        }

        foreach (var app in apps.Sources())
        {
            labels[App(app.Name)] = $"{app.Commit} {app.Ref}";
        }

        return labels;
    }

    /// <summary>Name of the label with an app's commit and ref.</summary>
    public static string App(string name) => $"{Prefix}app.{name}";
}
