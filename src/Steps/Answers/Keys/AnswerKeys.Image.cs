namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[image]</c>.</summary>
internal static partial class AnswerKeys
{
    private static TableKey Image => new("image", "Where the Docker image comes from and where it goes.",
    [
        new ChoiceKey("source", "build: from the release and the apps. existing: somebody built it.", ChoiceConverter<ImageSource>.Names)
        {
            Value = a => a.Image.Source,
        },
        new TextKey("reference", "For existing: the image, with tag or digest.", TextRules.ImageReference) { Value = a => a.Image.Reference },
        new TextKey("name", "For build: the image's name without registry and tag.", TextRules.ImageName) { Value = a => a.Image.Name },
        new ChoiceKey(
            "builder",
            "For build: buildx, the engine's own builder, or auto: buildx where it works.",
            ChoiceConverter<ImageBuilder>.Names)
        {
            Value = a => a.Image.Builder,
        },
        new TextKey("registry", "For build: the registry to push to. Empty: the image stays on this host.", TextRules.Registry)
        {
            Value = a => a.Image.Registry, MayBeEmpty = true,
        },
        new TextKey("username", "User name at the registry. Absent: Docker's own configuration decides.", TextRules.RegistryUser)
        {
            Value = a => a.Image.Username,
        },
        new SecretKey("password", "Password or token at the registry.", TextRules.AnySecret, "REGISTRY_PASSWORD")
        {
            Value = a => a.Image.Password,
        },
    ]);
}
