using System.Text.Json.Nodes;

namespace ErpInstaller.Outside.Nomad;

/// <summary>Nomad Variables, always with check-and-set: nothing is overwritten that was not seen.</summary>
public sealed partial class NomadClient
{
    /// <summary>A variable; null when there is none. Needs <c>variables read</c>.</summary>
    public Task<NomadVariable?> FindVariableAsync(string path, CancellationToken cancellation) =>
        FindAsync($"/v1/var/{path}", NomadJson.Default.NomadVariable, "namespace variables read", cancellation);

    /// <summary>Removes a variable. Nothing happens when there is none. Needs <c>variables destroy</c>.</summary>
    public Task RemoveVariableAsync(string path, CancellationToken cancellation) =>
        RemoveVariableAsync(path, seenIndex: null, cancellation);

    /// <summary>As the other, if the Variable is still as it was seen.</summary>
    /// <exception cref="NomadConflict">It is not.</exception>
    public async Task RemoveVariableAsync(string path, long? seenIndex, CancellationToken cancellation)
    {
        var query = seenIndex is { } index ? FormattableString.Invariant($"cas={index}") : "";
        using var answer = await SendAsync(HttpMethod.Delete, $"/v1/var/{path}", query, content: null, cancellation);
        await BodyAsync(answer, $"to remove the variable {path}", "namespace variables destroy", cancellation);
    }

    /// <summary>Writes a variable, if it is still as it was seen. Needs <c>variables write</c>.</summary>
    /// <param name="seenIndex">The modify index of the last read; 0 if it must not exist yet.</param>
    /// <exception cref="NomadConflict">The Variable changed in the meantime.</exception>
    public Task<NomadVariable> PutVariableAsync(
        string path,
        IReadOnlyDictionary<string, string> items,
        long seenIndex,
        CancellationToken cancellation
    )
    {
        var content = new JsonObject
        {
            ["Namespace"] = Namespace,
            ["Path"] = path,
            ["Items"] = new JsonObject(items.Select(i => KeyValuePair.Create(i.Key, (JsonNode?)i.Value))),
        };
        return PutAsync(
            $"/v1/var/{path}",
            FormattableString.Invariant($"cas={seenIndex}"),
            content,
            NomadJson.Default.NomadVariable,
            $"the variable {path}",
            "namespace variables write",
            cancellation
        );
    }
}
