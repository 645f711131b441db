using System.Text.Json.Serialization;
using Tomlyn.Serialization;

namespace ErpInstaller.Releases;

/// <summary>Generated reader of release files: keys in snake_case.</summary>
[TomlSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[TomlSerializable(typeof(Release))]
internal sealed partial class ReleaseToml : TomlSerializerContext;
