using ErpInstaller.Core.Files;
using Tomlyn;
using Tomlyn.Serialization;

namespace ErpInstaller.Image;

/// <summary>How long each thing of earlier builds took: <c>build-times.toml</c> in the state directory.</summary>
internal sealed record BuildTimes
{
    private const string Head =
        "# How long each thing of earlier builds took, in seconds: for the estimate of the next one.\n";

    /// <summary>Seconds by the name of a thing.</summary>
    [TomlPropertyName("seconds")]
    public Dictionary<string, double> Seconds { get; init; } = [];

    /// <summary>Those of a file; none when it cannot be read: it is only for an estimate.</summary>
    public static BuildTimes Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? TomlSerializer.Deserialize(File.ReadAllText(path), BuildTimesToml.Default.BuildTimes)!
                : new BuildTimes();
        }
        catch (Exception e) when (e is TomlException or IOException or UnauthorizedAccessException)
        {
            return new BuildTimes();
        }
    }

    /// <summary>Writes it whole or not at all.</summary>
    public void Write(string path) =>
        AtomicFile.Write(path, Head + TomlSerializer.Serialize(this, BuildTimesToml.Default.BuildTimes));
}

/// <summary>Generated reading and writing of the file; every key has its name at its property.</summary>
[TomlSerializable(typeof(BuildTimes))]
internal sealed partial class BuildTimesToml : TomlSerializerContext;
