using static ErpInstaller.Answers.Keys.KeysOf<ErpInstaller.Answers.ImageAnswers>;

namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[image]</c>.</summary>
internal static class ImageKeys
{
    /// <summary>The table with its keys.</summary>
    public static TableKey All { get; } =
        KeysOf<AnswerFile>.Table(
            "image",
            "Where the Docker image comes from and where it goes.",
            a => a.Image,
            (a, v) => a with { Image = v },
            [
                Choice(
                    "source",
                    "build: from the release and the apps. existing: built elsewhere.",
                    [
                        new(ImageSource.Build, "Built here from the release and the apps."),
                        new(ImageSource.Existing, "Built elsewhere; its contents are checked before use."),
                    ],
                    i => i.Source,
                    (i, v) => i with { Source = v }
                ) with
                {
                    Label = "Image",
                },
                Text(
                    "reference",
                    "For existing: the image, with tag or digest.",
                    TextRules.ImageReference,
                    i => i.Reference,
                    (i, v) => i with { Reference = v }
                ) with
                {
                    Label = "Reference",
                    Applies = a => !IsBuilt(a),
                },
                Text(
                    "name",
                    "For build: the image's name without registry and tag.",
                    TextRules.ImageName,
                    i => i.Name,
                    (i, v) => i with { Name = v ?? "" }
                ) with
                {
                    Label = "Image name",
                    Applies = IsBuilt,
                },
                Choice(
                    "builder",
                    "For build: buildx, the engine's own builder, or auto: buildx if it works.",
                    [
                        new(ImageBuilder.Auto, "buildx if it works."),
                        new(ImageBuilder.Buildx, "Docker's BuildKit."),
                        new(ImageBuilder.Engine, "The Docker engine's own builder."),
                    ],
                    i => i.Builder,
                    (i, v) => i with { Builder = v }
                ) with
                {
                    Label = "Builder",
                    Applies = IsBuilt,
                },
                Text(
                    "registry",
                    "For build: the registry to push to. Empty: the image stays on this host.",
                    TextRules.Registry,
                    i => i.Registry,
                    (i, v) => i with { Registry = v ?? "" }
                ) with
                {
                    MayBeEmpty = true,
                    Label = "Registry",
                    Applies = IsBuilt,
                    WhenAbsent = "none: the image stays here",
                },
                Text(
                    "username",
                    "User name at the registry. Absent: Docker's own configuration decides.",
                    TextRules.RegistryUser,
                    i => i.Username,
                    (i, v) => i with { Username = v }
                ) with
                {
                    Label = "User at the registry",
                    Applies = HasRegistry,
                    WhenAbsent = "Docker's own login",
                },
                Secret(
                    "password",
                    "Password or token at the registry.",
                    TextRules.AnySecret,
                    "REGISTRY_PASSWORD",
                    i => i.Password,
                    (i, v) => i with { Password = v }
                ) with
                {
                    Label = "Registry password",
                    Applies = a => a.Image.Username is not null && HasRegistry(a),
                },
                Text(
                    "npm_registry",
                    "For build: where npm packages come from. Absent: the npm registry.",
                    TextRules.Mirror,
                    i => i.NpmRegistry,
                    (i, v) => i with { NpmRegistry = v }
                ),
                Text(
                    "npm_username",
                    "User name there. Absent: npm_password is a token.",
                    TextRules.RegistryUser,
                    i => i.NpmUsername,
                    (i, v) => i with { NpmUsername = v }
                ),
                Secret(
                    "npm_password",
                    "Password or token there; needs BuildKit.",
                    TextRules.AnySecret,
                    "NPM_PASSWORD",
                    i => i.NpmPassword,
                    (i, v) => i with { NpmPassword = v }
                ),
                Text(
                    "python_index",
                    "For build: where Python packages come from. Absent: PyPI.",
                    TextRules.Mirror,
                    i => i.PythonIndex,
                    (i, v) => i with { PythonIndex = v }
                ),
                Text(
                    "python_username",
                    "User name there.",
                    TextRules.RegistryUser,
                    i => i.PythonUsername,
                    (i, v) => i with { PythonUsername = v }
                ),
                Secret(
                    "python_password",
                    "Password or token there; needs BuildKit.",
                    TextRules.AnySecret,
                    "PYTHON_PASSWORD",
                    i => i.PythonPassword,
                    (i, v) => i with { PythonPassword = v }
                ),
                Text(
                    "git_mirror",
                    "For build: replaces https://github.com in the addresses of apps.",
                    TextRules.Mirror,
                    i => i.GitMirror,
                    (i, v) => i with { GitMirror = v }
                ),
                Text(
                    "git_username",
                    "User name there.",
                    TextRules.RegistryUser,
                    i => i.GitUsername,
                    (i, v) => i with { GitUsername = v }
                ),
                Secret(
                    "git_password",
                    "Password or token there; needs BuildKit.",
                    TextRules.AnySecret,
                    "GIT_PASSWORD",
                    i => i.GitPassword,
                    (i, v) => i with { GitPassword = v }
                ),
                Text(
                    "ca_certificate",
                    "For build: a PEM file with CAs that the build also trusts. Absent: those that were added to "
                        + "this host; empty: none.",
                    TextRules.AbsolutePath,
                    i => i.CaCertificate,
                    (i, v) => i with { CaCertificate = v }
                ) with
                {
                    MayBeEmpty = true,
                },
            ]
        );

    private static bool IsBuilt(AnswerFile answers) => answers.Image.Source == ImageSource.Build;

    // Without a registry the image stays on this host, and no login is needed.
    private static bool HasRegistry(AnswerFile answers) => !IsBuilt(answers) || answers.Image.Registry.Length > 0;
}
