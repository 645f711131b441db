using System.Text.Json.Nodes;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Nomad;

/// <summary>An answer of a real Nomad 1.10.5, in <c>tests/cases/nomad-samples</c>.</summary>
internal static class Recording
{
    /// <summary>The recorded body.</summary>
    public static JsonNode Body(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), name + ".json")))!;

    private static string Folder() => Repository.In("tests", "cases", "nomad-samples");
}
