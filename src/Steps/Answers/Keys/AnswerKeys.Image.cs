namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[image]</c>.</summary>
internal static partial class AnswerKeys
{
    private static TableKey Image =>
        new(
            "image",
            "Where the Docker image comes from and where it goes.",
            [
                new ChoiceKey(
                    "source",
                    "build: from the release and the apps. existing: somebody built it.",
                    ChoiceConverter<ImageSource>.Names
                )
                {
                    Value = a => a.Image.Source,
                },
                new TextKey("reference", "For existing: the image, with tag or digest.", TextRules.ImageReference)
                {
                    Value = a => a.Image.Reference,
                },
                new TextKey("name", "For build: the image's name without registry and tag.", TextRules.ImageName)
                {
                    Value = a => a.Image.Name,
                },
                new ChoiceKey(
                    "builder",
                    "For build: buildx, the engine's own builder, or auto: buildx where it works.",
                    ChoiceConverter<ImageBuilder>.Names
                )
                {
                    Value = a => a.Image.Builder,
                },
                new TextKey(
                    "registry",
                    "For build: the registry to push to. Empty: the image stays on this host.",
                    TextRules.Registry
                )
                {
                    Value = a => a.Image.Registry,
                    MayBeEmpty = true,
                },
                new TextKey(
                    "username",
                    "User name at the registry. Absent: Docker's own configuration decides.",
                    TextRules.RegistryUser
                )
                {
                    Value = a => a.Image.Username,
                },
                new SecretKey(
                    "password",
                    "Password or token at the registry.",
                    TextRules.AnySecret,
                    "REGISTRY_PASSWORD"
                )
                {
                    Value = a => a.Image.Password,
                },
                new TextKey(
                    "npm_registry",
                    "For build: where npm packages come from. Absent: the npm registry.",
                    TextRules.Mirror
                )
                {
                    Value = a => a.Image.NpmRegistry,
                },
                new TextKey("npm_username", "User name there. Absent: npm_password is a token.", TextRules.RegistryUser)
                {
                    Value = a => a.Image.NpmUsername,
                },
                new SecretKey(
                    "npm_password",
                    "Password or token there; the build must be by BuildKit.",
                    TextRules.AnySecret,
                    "NPM_PASSWORD"
                )
                {
                    Value = a => a.Image.NpmPassword,
                },
                new TextKey(
                    "python_index",
                    "For build: where Python packages come from. Absent: PyPI.",
                    TextRules.Mirror
                )
                {
                    Value = a => a.Image.PythonIndex,
                },
                new TextKey("python_username", "User name there.", TextRules.RegistryUser)
                {
                    Value = a => a.Image.PythonUsername,
                },
                new SecretKey(
                    "python_password",
                    "Password or token there; the build must be by BuildKit.",
                    TextRules.AnySecret,
                    "PYTHON_PASSWORD"
                )
                {
                    Value = a => a.Image.PythonPassword,
                },
                new TextKey(
                    "git_mirror",
                    "For build: what stands for https://github.com in the addresses of apps.",
                    TextRules.Mirror
                )
                {
                    Value = a => a.Image.GitMirror,
                },
                new TextKey("git_username", "User name there.", TextRules.RegistryUser)
                {
                    Value = a => a.Image.GitUsername,
                },
                new SecretKey(
                    "git_password",
                    "Password or token there; the build must be by BuildKit.",
                    TextRules.AnySecret,
                    "GIT_PASSWORD"
                )
                {
                    Value = a => a.Image.GitPassword,
                },
                new TextKey(
                    "ca_certificate",
                    "For build: a PEM file with an authority that the build trusts beside the usual ones.",
                    TextRules.AbsolutePath
                )
                {
                    Value = a => a.Image.CaCertificate,
                },
            ]
        );
}
