using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ErpInstaller.Apps;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Image;

/// <summary>
/// The package record: the packages that a build chose where an app's own files do not pin them, that is versions of
/// Python packages and lock files of front ends that yarn completed. It is kept beside the apps lock, so that later
/// builds on any host use the same ones.
/// </summary>
/// <param name="Python">Lines <c>name==version</c>.</param>
/// <param name="Apps">App → its commit and its completed lock files.</param>
internal sealed partial record PackagesRecord(
    IReadOnlyList<string> Python,
    IReadOnlyDictionary<string, PackagesRecord.AppPackages> Apps
)
{
    /// <summary>An app at a commit.</summary>
    internal sealed record AppPackages(string Commit, IReadOnlyDictionary<string, string> Locks);

    /// <summary>Apps whose lock files yarn had to complete: their repositories do not pin all packages.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Locks =>
        Apps.Where(a => a.Value.Locks.Count > 0).ToDictionary(a => a.Key, a => a.Value.Locks);

    /// <summary>
    /// Parses the output of <c>locks.py</c>; null when it is malformed or has values that are unsafe in a build.
    /// </summary>
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
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// The part that applies to an apps lock: the Python packages, and the lock files of apps at the same commit.
    /// </summary>
    public PackagesRecord For(AppsLock apps) =>
        this with
        {
            Apps = Apps.Where(a => apps.Apps.Exists(l => l.Name == a.Key && l.Commit == a.Value.Commit)).ToDictionary(),
        };

    /// <summary>
    /// Describes the differences to a newer record; empty when every package of this one is unchanged. Apps at another
    /// commit are not compared.
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

    /// <summary>Files for the build context.</summary>
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
