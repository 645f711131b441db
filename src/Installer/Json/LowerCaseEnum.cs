using System.Text.Json;
using System.Text.Json.Serialization;

namespace ErpInstaller.Json;

/// <summary>Writes an enumeration's value in lower case.</summary>
internal sealed class LowerCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower)
    where T : struct, Enum;
