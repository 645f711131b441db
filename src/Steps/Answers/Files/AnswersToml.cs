using System.Text.Json.Serialization;
using Tomlyn.Serialization;

namespace ErpInstaller.Answers.Files;

/// <summary>Generated reading of answer files: keys in snake_case, choices as the file spells them.</summary>
[TomlSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [
        typeof(SecretSourceConverter),
        typeof(ChoiceConverter<CertificateMode>),
        typeof(ChoiceConverter<CertificateDelivery>),
        typeof(ChoiceConverter<MailTls>),
        typeof(ChoiceConverter<ImageSource>),
        typeof(ChoiceConverter<ImageBuilder>),
        typeof(ChoiceConverter<NomadTopology>),
    ]
)]
[TomlSerializable(typeof(AnswerFile))]
internal sealed partial class AnswersToml : TomlSerializerContext;
