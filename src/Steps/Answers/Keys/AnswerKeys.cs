using ErpInstaller.Core.Ids;

namespace ErpInstaller.Answers.Keys;

/// <summary>Every key of the answer file, in the order of the file.</summary>
internal static partial class AnswerKeys
{
    /// <summary>The version of the format that this installer reads.</summary>
    public const int Schema = 1;

    /// <summary>The file itself.</summary>
    public static TableKey File { get; } =
        new(
            "",
            "Answers for the ERPNext installer.",
            [
                new NumberKey("schema", "Version of this file's format.", Schema, Schema)
                {
                    Value = a => a.Schema,
                    IsRequired = true,
                },
                new TableKey(
                    "host",
                    "The host that the installer runs on.",
                    [
                        new MapKey(
                            "accept",
                            "Failed host checks to live with, each with the reason: check = \"reason\".",
                            new TextKey("", "Why the failure of this check is accepted.", TextRules.Sentence)
                        )
                        {
                            NameOf = "host check",
                            Names = CheckId.InOrder,
                        },
                    ]
                ),
                new TableKey(
                    "erpnext",
                    "Which ERPNext.",
                    [
                        new TextKey(
                            "release",
                            "The release: ERPNext's version with the images and the app versions that fit it.",
                            TextRules.ReleaseName
                        )
                        {
                            Value = a => a.Erpnext.Release,
                        },
                    ]
                ),
                Apps,
                Site,
                Mail,
                Certificate,
                Image,
                Nomad,
                Cluster,
                new TableKey(
                    "scale",
                    "How many containers of the groups that scale. The scheduler is always one.",
                    [
                        new NumberKey("backend", "Containers that answer requests.", 1, 64)
                        {
                            Value = a => a.Scale.Backend,
                        },
                        new NumberKey("queue_short", "Workers of the queues short and default.", 1, 64)
                        {
                            Value = a => a.Scale.QueueShort,
                        },
                        new NumberKey("queue_long", "Workers of the queue long.", 1, 64)
                        {
                            Value = a => a.Scale.QueueLong,
                        },
                    ]
                ),
                Resources,
                new TableKey(
                    "deadlines",
                    "How long each wait may last, in minutes.",
                    [
                        Minutes("image", "Building the image, and pushing it.", a => a.Deadlines.Image),
                        Minutes("data", "Until database and Redis are healthy; their images are pulled meanwhile.", a =>
                            a.Deadlines.Data
                        ),
                        Minutes("init", "Until the site is made and every app is installed.", a => a.Deadlines.Init),
                        Minutes("application", "Until the application's containers are healthy.", a =>
                            a.Deadlines.Application
                        ),
                        Minutes("verification", "Until the site answers over HTTPS.", a => a.Deadlines.Verification),
                    ]
                ),
            ]
        );

    private static NumberKey Minutes(string name, string summary, Func<AnswerFile, int> value) =>
        new(name, summary, 1, 1440) { Value = a => value(a) };
}
