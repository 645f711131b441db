using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace ErpInstaller.Tests.Outside.Nomad;

/// <summary>An answer of a real Nomad 1.10.5, in <c>tests/cases/nomad-samples</c>.</summary>
internal static class Recording
{
    /// <summary>The recorded body.</summary>
    public static JsonNode Body(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), name + ".json")))!;

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../cases/nomad-samples"));
}
