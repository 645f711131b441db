using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Secrets;
using static ErpInstaller.Answers.Keys.KeysOf<ErpInstaller.Answers.AnswerFile>;

namespace ErpInstaller.Answers.Keys;

/// <summary>Every key of the answer file, in the order of the file.</summary>
internal static class AnswerKeys
{
    /// <summary>The version of the format that this installer reads.</summary>
    public const int Schema = 1;

    private static readonly (int, int) Minutes = (1, 1440);

    /// <summary>The file itself.</summary>
    public static TableKey File { get; } =
        new(
            "",
            "Answers for the ERPNext installer.",
            [
                Number(
                    "schema",
                    "Version of this file's format.",
                    (Schema, Schema),
                    a => a.Schema,
                    (a, v) => a with { Schema = v }
                ) with
                {
                    IsRequired = true,
                },
                Host(),
                AppsKeys.Erpnext,
                AppsKeys.Apps,
                SiteKeys.All,
                MailKeys.All,
                CertificateKeys.All,
                ImageKeys.All,
                NomadKeys.All,
                ClusterKeys.All,
                SizesKeys.Scale,
                SizesKeys.Resources,
                BackupKeys.All,
                UpdateKeys.All,
                Deadlines(),
            ],
            new AnswerFile()
        );

    /// <summary>All keys with values, in the order of the file. Entries of maps are not among them.</summary>
    public static IReadOnlyList<ValueKey> Values { get; } = [.. File.AllKeys.OfType<ValueKey>()];

    /// <summary>
    /// The keys with values at and below a full name: one for <c>site.name</c>, several for <c>site</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no key of that name.</exception>
    public static IEnumerable<ValueKey> At(string path)
    {
        AnswerKey? found = File;
        foreach (var name in path.Split('.'))
        {
            found = (found as TableKey)?.Find(name);
        }

        return found switch
        {
            TableKey table => table.AllKeys.OfType<ValueKey>(),
            ValueKey value => [value],
            _ => throw new ArgumentOutOfRangeException(nameof(path), path, "There is no such key of the answers."),
        };
    }

    /// <summary>A copy of the answers with each secret replaced.</summary>
    /// <param name="replace">Gets the secret and the name of the file that keeps it after it was typed.</param>
    public static AnswerFile ReplaceSecrets(AnswerFile answers, Func<SecretSource, string, SecretSource> replace)
    {
        var replaced = Values
            .OfType<SecretKey>()
            .Aggregate(answers, (a, key) => key.Get(a) is SecretSource s ? key.Set(a, replace(s, key.FileName)) : a);
        return replaced with
        {
            Apps = replaced.Apps with
            {
                Override = ReplaceSecrets(replaced.Apps.Override, AppsKeys.Overrides, replace),
                Custom = ReplaceSecrets(replaced.Apps.Custom, AppsKeys.Custom, replace),
            },
        };
    }

    // An app may have any name, for example "nomad". The prefix keeps its file apart from the others.
    private static Dictionary<string, AppOverride> ReplaceSecrets(
        Dictionary<string, AppOverride> apps,
        MapKey map,
        Func<SecretSource, string, SecretSource> replace
    )
    {
        var secrets = ((TableKey)map.Entry).Keys.OfType<SecretKey>().ToList();
        return apps.ToDictionary(
            o => o.Key,
            o =>
                secrets.Aggregate(o.Value, (entry, key) =>
                    key.Lens.Get(entry) is SecretSource s
                        ? (AppOverride)key.Lens.Set(entry, replace(s, $"app_{o.Key}_{key.Name}"))
                        : entry
                )
        );
    }

    private static TableKey Host() =>
        Table(
            "host",
            "The host that the installer runs on.",
            a => a.Host,
            (a, v) => a with { Host = v },
            [
                KeysOf<HostAnswers>.Map(
                    "accept",
                    "Failed host checks to accept, each with the reason: check = \"reason\".",
                    "host check",
                    new TextKey("", "Why the failure of this check is accepted.", TextRules.Sentence),
                    h => h.Accept,
                    (h, v) => h with { Accept = v }
                ) with
                {
                    Names = CheckId.InOrder,
                },
            ]
        );

    private static TableKey Deadlines() =>
        Table(
            "deadlines",
            "How long each wait may last, in minutes.",
            a => a.Deadlines,
            (a, v) => a with { Deadlines = v },
            [
                Wait("image", "Building the image, and pushing it.", d => d.Image, (d, v) => d with { Image = v }),
                Wait(
                    "data",
                    "Until database and Redis are healthy; includes pulling images.",
                    d => d.Data,
                    (d, v) => d with { Data = v }
                ),
                Wait(
                    "init",
                    "Until the site exists and every app is installed.",
                    d => d.Init,
                    (d, v) => d with { Init = v }
                ),
                Wait(
                    "application",
                    "Until the application's containers are healthy.",
                    d => d.Application,
                    (d, v) => d with { Application = v }
                ),
                Wait(
                    "workers",
                    "Until the workers have finished their jobs, before an update changes the database.",
                    d => d.Workers,
                    (d, v) => d with { Workers = v }
                ),
                Wait(
                    "verification",
                    "Until the site answers over HTTPS.",
                    d => d.Verification,
                    (d, v) => d with { Verification = v }
                ),
                Wait(
                    "backup",
                    "Until a backup is written, and until it is read back.",
                    d => d.Backup,
                    (d, v) => d with { Backup = v }
                ),
            ]
        );

    private static NumberKey Wait(
        string name,
        string summary,
        Func<DeadlineAnswers, int> get,
        Func<DeadlineAnswers, int, DeadlineAnswers> set
    ) => KeysOf<DeadlineAnswers>.Number(name, summary, Minutes, get, set);
}
