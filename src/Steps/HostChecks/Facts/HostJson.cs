using System.Text.Json.Serialization;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>JSON of facts and reports: snake_case keys, enums in lower case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    IgnoreReadOnlyProperties = true,
    WriteIndented = true
)]
[JsonSerializable(typeof(HostFacts))]
internal sealed partial class HostJson : JsonSerializerContext;
