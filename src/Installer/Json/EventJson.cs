using System.Text.Json.Serialization;
using ErpInstaller.Run;

namespace ErpInstaller.Json;

/// <summary>The generated serializer of events: names in snake_case, enumerations in lower case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(CleanText),
        typeof(LowerCaseEnum<StepStatus>),
        typeof(LowerCaseEnum<LogLevel>),
        typeof(LowerCaseEnum<ChangeKind>),
        typeof(LowerCaseEnum<SecretState>),
        typeof(LowerCaseEnum<LookVerdict>),
        typeof(LowerCaseEnum<LiveLevel>),
    ]
)]
[JsonSerializable(typeof(EngineEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
