using Tomlyn.Serialization;

namespace ErpInstaller.Run;

/// <summary>A step's state in TOML: its name in lower case.</summary>
internal sealed class StepStatusToml : TomlConverter<StepStatus>
{
    /// <inheritdoc/>
    public override StepStatus Read(TomlReader reader)
    {
        var text = reader.GetString();
        if (!Enum.TryParse<StepStatus>(text, ignoreCase: true, out var status))
        {
            throw reader.CreateException($"'{text}' is no state of a step");
        }

        reader.Read();
        return status;
    }

    /// <inheritdoc/>
    public override void Write(TomlWriter writer, StepStatus value) =>
        writer.WriteStringValue(value.ToString().ToLowerInvariant());
}
