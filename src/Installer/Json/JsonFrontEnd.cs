using System.Text.Json;
using ErpInstaller.Run;

namespace ErpInstaller.Json;

/// <summary>Writes events as JSON, one object per line.</summary>
public sealed class JsonFrontEnd(TextWriter output)
{
    /// <summary>Writes an event's line and flushes it, so that a pipe gets it at once.</summary>
    public void Show(EngineEvent happened)
    {
        output.WriteLine(JsonSerializer.Serialize(happened, EventJson.Default.EngineEvent));
        output.Flush();
    }
}
