using System.Text.Json;
using ErpInstaller.Core.Files;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks;

/// <summary>
/// The facts of the last run, kept in the state directory. Only a memory of measurements: what cannot be read is measured
/// again, and nothing is lost.
/// </summary>
public static class HostFactsFile
{
    private const string Name = "host-facts.json";

    /// <summary>The kept facts; null when there are none, or none that this version can read.</summary>
    public static HostFacts? Read(StateDirectory directory)
    {
        var path = directory.In(Name);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var facts = Parse(File.ReadAllText(path));
            return facts?.Schema == HostFacts.CurrentSchema ? facts : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps facts, atomically.</summary>
    /// <exception cref="StateDirectoryUnusable">The directory cannot be written.</exception>
    public static void Write(StateDirectory directory, HostFacts facts) =>
        AtomicFile.Write(directory.In(Name), Format(facts) + "\n");

    /// <summary>Reads facts from JSON.</summary>
    /// <exception cref="JsonException">It is none of facts.</exception>
    public static HostFacts? Parse(string json) => JsonSerializer.Deserialize(json, HostJson.Default.HostFacts);

    /// <summary>Facts as JSON.</summary>
    public static string Format(HostFacts facts) => JsonSerializer.Serialize(facts, HostJson.Default.HostFacts);
}
