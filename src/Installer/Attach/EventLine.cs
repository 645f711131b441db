using System.Text.Json;
using ErpInstaller.Core.Text;
using ErpInstaller.Json;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>An event as a line of JSON, in the format of <c>--output json</c>.</summary>
internal static class EventLine
{
    public static byte[] Write(EngineEvent happened) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(happened, EventJson.Default.EngineEvent), (byte)'\n'];

    /// <summary>Reads a line. A line of an unknown kind (from another version) becomes a warning in the log.</summary>
    public static EngineEvent Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EventJson.Default.EngineEvent)?.WithTexts(Present)
                ?? throw new JsonException("null");
        }
        catch (Exception e)
            when (e is JsonException or NotSupportedException or NullReferenceException or ArgumentNullException)
        {
            return new Log(
                "engine",
                LogLevel.Warning,
                $"this version cannot read the line: {TerminalText.Clean(line)}"
            );
        }
    }

    // A text that is missing in the line is null here, whatever the type says.
    private static string Present(string? text) => text ?? throw new JsonException("A text of the event is missing.");
}
