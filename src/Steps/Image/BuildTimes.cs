using ErpInstaller.Core.Files;
using ErpInstaller.Core.Toml;
using Tomlyn;
using Tomlyn.Serialization;

namespace ErpInstaller.Image;

/// <summary>The times of earlier builds by part: <c>build-times.toml</c> in the state directory.</summary>
internal sealed record BuildTimes
{
    private const string Head =
        "# Seconds that each part of earlier builds took. The next build's estimate uses them.\n";

    /// <summary>Seconds by the name of a part.</summary>
    [TomlPropertyName("seconds")]
    public Dictionary<string, double> Seconds { get; init; } = [];

    /// <summary>Reads a file; empty when it cannot be read, because it serves only for an estimate.</summary>
    public static BuildTimes Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? SafeToml.Read(File.ReadAllText(path), BuildTimesToml.Default.BuildTimes)
                : new BuildTimes();
        }
        catch (Exception e) when (e is TomlUnreadable or IOException or UnauthorizedAccessException)
        {
            return new BuildTimes();
        }
    }

    /// <summary>Writes the file atomically.</summary>
    public void Write(string path) =>
        AtomicFile.Write(path, Head + TomlSerializer.Serialize(this, BuildTimesToml.Default.BuildTimes));
}

/// <summary>Generated reading and writing of the file; every key has its name at its property.</summary>
[TomlSerializable(typeof(BuildTimes))]
internal sealed partial class BuildTimesToml : TomlSerializerContext;
