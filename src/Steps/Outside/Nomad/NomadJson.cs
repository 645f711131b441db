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
[JsonSerializable(typeof(NomadEvaluation))]
[JsonSerializable(typeof(List<NomadEvaluation>))]
[JsonSerializable(typeof(NomadDeployment))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
[JsonSerializable(typeof(NomadJobSummary))]
[JsonSerializable(typeof(NomadPlan))]
[JsonSerializable(typeof(NomadVariable))]
[JsonSerializable(typeof(NomadRegistered))]
[JsonSerializable(typeof(NomadValidation))]
[JsonSerializable(typeof(NomadLogFrame))]
[JsonSerializable(typeof(string))]
internal sealed partial class NomadJson : JsonSerializerContext;
