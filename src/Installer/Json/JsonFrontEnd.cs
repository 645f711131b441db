using System.Text.Json;
using ErpInstaller.Run;

namespace ErpInstaller.Json;

/// <summary>Draws events as JSON, one object a line.</summary>
public sealed class JsonFrontEnd(TextWriter output)
{
    /// <summary>Writes an event's line and flushes it: whoever reads a pipe wants it now.</summary>
    public void Show(EngineEvent happened)
    {
        output.WriteLine(JsonSerializer.Serialize(happened, EventJson.Default.EngineEvent));
        output.Flush();
    }
}
