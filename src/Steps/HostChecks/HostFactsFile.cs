using System.Text.Json;
using ErpInstaller.Core.Files;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks;

/// <summary>
/// The facts of the last run, in the state directory. It is a cache: facts that cannot be read are measured
/// again.
/// </summary>
internal static class HostFactsFile
{
    private const string Name = "host-facts.json";

    /// <summary>Reads the kept facts; null when there is no file, or this version cannot read it.</summary>
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
        catch (Exception e)
            when (e is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the facts atomically.</summary>
    /// <exception cref="StateDirectoryUnusable">The directory cannot be written.</exception>
    public static void Write(StateDirectory directory, HostFacts facts) =>
        AtomicFile.Write(directory.In(Name), Format(facts) + "\n");

    /// <summary>Reads facts from JSON.</summary>
    /// <exception cref="JsonException">The text is not JSON of facts.</exception>
    public static HostFacts? Parse(string json) => JsonSerializer.Deserialize(json, HostJson.Default.HostFacts);

    /// <summary>Writes facts as JSON.</summary>
    public static string Format(HostFacts facts) => JsonSerializer.Serialize(facts, HostJson.Default.HostFacts);
}
