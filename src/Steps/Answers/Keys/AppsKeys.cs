using static ErpInstaller.Answers.Keys.KeysOf<ErpInstaller.Answers.AppSource>;

namespace ErpInstaller.Answers.Keys;

/// <summary>The tables <c>[erpnext]</c> and <c>[apps]</c>.</summary>
internal static class AppsKeys
{
    /// <summary>The table <c>[erpnext]</c>.</summary>
    public static TableKey Erpnext { get; } =
        KeysOf<AnswerFile>.Table(
            "erpnext",
            "The release of ERPNext.",
            a => a.Erpnext,
            (a, v) => a with { Erpnext = v },
            [
                KeysOf<ErpNextAnswers>.Text(
                    "release",
                    "The release: ERPNext's version with the images and the app versions that fit it.",
                    TextRules.ReleaseName,
                    e => e.Release,
                    (e, v) => e with { Release = v ?? "" }
                ) with
                {
                    Label = "Release",
                },
            ]
        );

    // Every key is optional. An absent key keeps the release's value.
    private static TableKey Override { get; } =
        new(
            "",
            "What differs from the release for this app.",
            [Url(), Ref(), Username(), Token("APP_TOKEN"), Requires()],
            new AppOverride()
        );

    private static TableKey Own { get; } =
        new(
            "",
            "An app of your own, for apps.install.",
            [
                Url() with
                {
                    IsRequired = true,
                    Example = "\"https://git.example.com/acme/my_app\"",
                },
                Ref() with
                {
                    IsRequired = true,
                    Example = "\"main\"",
                },
                Username(),
                Token("APP_TOKEN"),
                Requires(),
            ],
            new AppOverride()
        );

    /// <summary>The tables <c>[apps.override.NAME]</c>.</summary>
    public static MapKey Overrides { get; } =
        KeysOf<AppsAnswers>.Map(
            "override",
            "Another source or version of an app than the release's.",
            "app",
            Override,
            a => a.Override,
            (a, v) => a with { Override = v }
        );

    /// <summary>The tables <c>[apps.custom.NAME]</c>.</summary>
    public static MapKey Custom { get; } =
        KeysOf<AppsAnswers>.Map(
            "custom",
            "Apps of your own, which the release does not have. The name is that of the app's Python package.",
            "app",
            Own,
            a => a.Custom,
            (a, v) => a with { Custom = v }
        );

    /// <summary>The maps of tables of apps.</summary>
    public static IReadOnlyList<MapKey> Maps { get; } = [Overrides, Custom];

    /// <summary>The table <c>[apps]</c>.</summary>
    public static TableKey Apps { get; } =
        KeysOf<AnswerFile>.Table(
            "apps",
            "Apps on top of Frappe and ERPNext.",
            a => a.Apps,
            (a, v) => a with { Apps = v },
            [
                KeysOf<AppsAnswers>.Texts(
                    "install",
                    "Names of the apps. Required apps are added.",
                    TextRules.AppName,
                    a => a.Install,
                    (a, v) => a with { Install = v }
                ) with
                {
                    Label = "Apps",
                    WhenAbsent = "only ERPNext",
                },
                Overrides,
                Custom,
                Fork(BaseApps.Frappe, "Frappe", "FRAPPE_TOKEN", a => a.Frappe, (a, v) => a with { Frappe = v }),
                Fork(BaseApps.Erpnext, "ERPNext", "ERPNEXT_TOKEN", a => a.Erpnext, (a, v) => a with { Erpnext = v }),
            ]
        );

    private static TableKey Fork(
        string name,
        string title,
        string variable,
        Func<AppsAnswers, AppSource> get,
        Func<AppsAnswers, AppSource, AppsAnswers> set
    ) =>
        KeysOf<AppsAnswers>.Table(
            name,
            $"A fork of {title} in place of the base image's {title}, or another ref of it.",
            get,
            set,
            [Url(), Ref(), Username(), Token(variable)]
        );

    private static TextKey Url() =>
        Text("url", "Where to clone the app from.", TextRules.GitUrl, o => o.Url, (o, v) => o with { Url = v });

    private static TextKey Ref() =>
        Text(
            "ref",
            "Branch or tag; v16.* means the newest such tag.",
            TextRules.GitRef,
            o => o.Ref,
            (o, v) => o with { Ref = v }
        );

    private static TextKey Username() =>
        Text(
            "username",
            "User name at the git server, for token. Absent: one that suits most servers.",
            TextRules.GitUser,
            o => o.Username,
            (o, v) => o with { Username = v }
        );

    private static SecretKey Token(string variable) =>
        Secret(
            "token",
            "Password or access token of a private repository by https.",
            TextRules.AnySecret,
            variable,
            o => o.Token,
            (o, v) => o with { Token = v }
        );

    private static TextListKey Requires() =>
        KeysOf<AppOverride>.Texts(
            "requires",
            "Apps that must be installed before this one.",
            TextRules.AppName,
            o => o.Requires,
            (o, v) => o with { Requires = v }
        );
}
