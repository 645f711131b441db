using System.Text.Json.Serialization;

namespace ErpInstaller.Outside.Nomad;

/// <summary>Generated reading and writing of Nomad's JSON: its own names, unknown members ignored.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NomadAgent))]
[JsonSerializable(typeof(List<NomadNodeRow>))]
[JsonSerializable(typeof(NomadNamespace))]
[JsonSerializable(typeof(NomadToken))]
[JsonSerializable(typeof(NomadRole))]
[JsonSerializable(typeof(NomadPolicy))]
[JsonSerializable(typeof(NomadNode))]
[JsonSerializable(typeof(List<NomadAllocation>))]
[JsonSerializable(typeof(NomadAllocation))]
[JsonSerializable(typeof(NomadAllocationUsage))]
[JsonSerializable(typeof(NomadEvaluation))]
[JsonSerializable(typeof(List<NomadEvaluation>))]
[JsonSerializable(typeof(NomadDeployment))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
[JsonSerializable(typeof(NomadJobSummary))]
[JsonSerializable(typeof(List<NomadJobRow>))]
[JsonSerializable(typeof(List<NomadPeriodicRun>))]
[JsonSerializable(typeof(NomadPlan))]
[JsonSerializable(typeof(NomadVariable))]
[JsonSerializable(typeof(NomadRegistered))]
[JsonSerializable(typeof(NomadValidation))]
[JsonSerializable(typeof(NomadLogFrame))]
[JsonSerializable(typeof(NomadExecInput))]
[JsonSerializable(typeof(NomadExecOutput))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(string))]
internal sealed partial class NomadJson : JsonSerializerContext;

/// <summary>An answer with the index to wait from.</summary>
/// <param name="Value">Null if the object does not exist.</param>
/// <param name="Index">The X-Nomad-Index.</param>
public sealed record NomadAnswer<T>(T? Value, long Index)
    where T : class;

/// <summary>
/// A chunk of a task's log: <c>GET /v1/client/fs/logs/:alloc</c> answers with a sequence of such objects. One without
/// data only keeps the connection alive.
/// </summary>
internal sealed record NomadLogFrame
{
    /// <summary>Bytes of the log; in JSON they are base64.</summary>
    public byte[]? Data { get; init; }
}

/// <summary>A Nomad Variable.</summary>
public sealed record NomadVariable
{
    public string Namespace { get; init; } = "";

    public string Path { get; init; } = "";

    /// <summary>Its secrets.</summary>
    public Dictionary<string, string> Items { get; init; } = [];

    /// <summary>For check-and-set; 0 when it does not exist yet.</summary>
    public long ModifyIndex { get; init; }
}
