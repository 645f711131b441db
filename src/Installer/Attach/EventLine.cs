using System.Text.Json;
using ErpInstaller.Core.Text;
using ErpInstaller.Json;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>An event as a line of JSON: the same words as <c>--output json</c>.</summary>
internal static class EventLine
{
    public static byte[] Write(EngineEvent happened) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(happened, EventJson.Default.EngineEvent), (byte)'\n'];

    /// <summary>Reads a line. What this version does not know (an engine of another version) becomes a warning in the log.</summary>
    public static EngineEvent Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EventJson.Default.EngineEvent) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return new Log(
                "engine",
                LogLevel.Warning,
                $"a line that this version cannot read: {TerminalText.Clean(line)}"
            );
        }
    }
}
