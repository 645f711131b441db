using System.Text.Json;
using System.Text.Json.Serialization;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Json;

/// <summary>
/// Reads texts without control sequences. The run has cleaned its events; a line of another version, or a broken one,
/// may still have them in any text.
/// </summary>
internal sealed class CleanText : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? TerminalText.Clean(text) : null;

    /// <inheritdoc/>
    public override string ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => TerminalText.Clean(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
}
