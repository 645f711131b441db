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
    /// Names the packages that have another version in a newer record; empty when every package of this one is
    /// unchanged. Apps at another commit are not compared.
    /// </summary>
    public IReadOnlyList<string> MovedTo(PackagesRecord newer)
    {
        var python = Moved(Versions(Python), Versions(newer.Python)).Select(m => $"{m.Key} {m.Versions}");
        var same = Apps.Where(a => newer.Apps.GetValueOrDefault(a.Key)?.Commit == a.Value.Commit);
        return [.. python, .. same.SelectMany(a => MovedIn(a.Key, a.Value.Locks, newer.Apps[a.Key].Locks))];
    }

    private static IEnumerable<string> MovedIn(
        string app,
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> after
    ) =>
        from file in before.Keys.Union(after.Keys)
        let was = before.GetValueOrDefault(file) ?? ""
        let now = after.GetValueOrDefault(file) ?? ""
        where was != now
        let moved = Moved(YarnLock.Versions(was), YarnLock.Versions(now))
            .Select(m => $"{YarnLock.NameIn(m.Key)} {m.Versions}")
            .Distinct()
            .ToList()
        from line in moved.Count > 0 ? moved : [file]
        select $"{line} of {app}";

    private static IEnumerable<(string Key, string Versions)> Moved(
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> after
    ) =>
        before
            .Where(b => after.GetValueOrDefault(b.Key) is { } now && now != b.Value)
            .Select(b => (b.Key, $"{b.Value} → {after[b.Key]}"));

    /// <summary>Files for the build context.</summary>
    public IEnumerable<GeneratedFile> Write() =>
        Locks
            .Select(a => new GeneratedFile($"{a.Key}.locks.json", Json(a.Value).ToJsonString() + "\n"))
            .Concat(
                Python.Count == 0
                    ? []
                    : [new GeneratedFile("constraints.txt", string.Concat(Python.Select(p => p + "\n")))]
            );

    private static JsonObject Json(IReadOnlyDictionary<string, string> locks) =>
        new(locks.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)JsonValue.Create(l.Value))));

    private static Dictionary<string, string> Versions(IEnumerable<string> lines) =>
        lines.Select(l => l.Split("==")).DistinctBy(l => l[0]).ToDictionary(l => l[0], l => l[1]);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9][A-Za-z0-9._+!-]*\z")]
    private static partial Regex Version();
}
