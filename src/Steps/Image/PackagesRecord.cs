using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ErpInstaller.Apps;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Image;

/// <summary>
/// Which packages a build took where an app's own files leave it open: versions of Python packages, and lock files of front
/// ends that yarn completed. Kept beside the lock of the apps, so that the next build takes the same, here and elsewhere.
/// </summary>
/// <param name="Python">Lines <c>name==version</c>.</param>
/// <param name="Apps">App → its commit and its completed lock files, text by path.</param>
internal sealed partial record PackagesRecord(
    IReadOnlyList<string> Python,
    IReadOnlyDictionary<string, PackagesRecord.AppPackages> Apps
)
{
    /// <summary>An app at a commit.</summary>
    internal sealed record AppPackages(string Commit, IReadOnlyDictionary<string, string> Locks);

    /// <summary>Apps with lock files that their repositories do not have so: their packages float.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Locks =>
        Apps.Where(a => a.Value.Locks.Count > 0).ToDictionary(a => a.Key, a => a.Value.Locks);

    /// <summary>Reads what <c>locks.py</c> wrote; null: it is not that, or has values that must not reach a build.</summary>
    public static PackagesRecord? Parse(string json)
    {
        try
        {
            if (
                JsonNode.Parse(json) is not JsonObject root
                || root["python"] is not JsonArray python
                || root["apps"] is not JsonObject apps
            )
            {
                return null;
            }

            var versions = python.Select(p => p!.GetValue<string>()).ToList();
            var read = apps.ToDictionary(
                a => a.Key,
                a => new AppPackages(
                    a.Value!["commit"]!.GetValue<string>(),
                    a.Value["locks"]!.AsObject().ToDictionary(l => l.Key, l => l.Value!.GetValue<string>())
                )
            );
            return versions.TrueForAll(v => Version().IsMatch(v)) ? new PackagesRecord(versions, read) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>What of it holds for a lock: the lock files of apps at the same commit, and the Python packages.</summary>
    public PackagesRecord For(AppsLock apps) =>
        this with
        {
            Apps = Apps.Where(a => apps.Apps.Exists(l => l.Name == a.Key && l.Commit == a.Value.Commit)).ToDictionary(),
        };

    /// <summary>
    /// What a newer record has otherwise, in words; empty when all that this one names is the same there. Apps that moved
    /// are not compared.
    /// </summary>
    public IReadOnlyList<string> MovedTo(PackagesRecord newer)
    {
        var versions = newer.Python.Select(Split).ToDictionary(v => v.Name, v => v.Version);
        var python = Python
            .Select(Split)
            .Where(v => versions.TryGetValue(v.Name, out var now) && now != v.Version)
            .Select(v => $"{v.Name} {v.Version} → {versions[v.Name]}");
        var fronts = Apps.Where(a =>
                newer.Apps.TryGetValue(a.Key, out var now)
                && now.Commit == a.Value.Commit
                && !Same(now.Locks, a.Value.Locks)
            )
            .Select(a => $"the front end's packages of {a.Key}");
        return [.. python, .. fronts];
    }

    /// <summary>Files of a build's context.</summary>
    public IEnumerable<GeneratedFile> Write() =>
        Locks
            .Select(a => new GeneratedFile($"{a.Key}.locks.json", Json(a.Value).ToJsonString() + "\n"))
            .Concat(
                Python.Count == 0
                    ? []
                    : [new GeneratedFile("constraints.txt", string.Concat(Python.Select(p => p + "\n")))]
            );

    private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(o => other.GetValueOrDefault(o.Key) == o.Value);

    private static JsonObject Json(IReadOnlyDictionary<string, string> locks) =>
        new(locks.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)JsonValue.Create(l.Value))));

    private static (string Name, string Version) Split(string line) => (line.Split("==")[0], line.Split("==")[1]);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9][A-Za-z0-9._+!-]*\z")]
    private static partial Regex Version();
}
