using System.CommandLine;

namespace ErpInstaller.CommandLine;

/// <summary>The options that every command takes, with their values.</summary>
/// <param name="Answers">Path of the answer file, or null for the accepted answers of the state directory.</param>
/// <param name="StateDirectory">Path, or null for the default.</param>
/// <param name="Rehearse">Everything outside is simulated.</param>
/// <param name="Assets">Directory that replaces the embedded assets, or null.</param>
/// <param name="Output">Text or JSON.</param>
/// <param name="Ascii">Only ASCII is written for people.</param>
public sealed record CommonOptions(
    string? Answers,
    string? StateDirectory,
    bool Rehearse,
    string? Assets,
    OutputFormat Output,
    bool Ascii
)
{
    /// <summary>Of <c>install</c> and <c>plan</c>: resolve the apps' refs again.</summary>
    public static readonly Option<bool> UpdateLock = new("--update-lock")
    {
        Description =
            "Resolve the apps' refs and the base images again, and show what changed. Without it the apps lock is "
            + "kept.",
    };

    private static readonly Option<string?> AnswersOption = new("--answers")
    {
        Description = "The answer file. Default: the answers that were accepted last.",
        HelpName = "FILE",
        Recursive = true,
    };

    private static readonly Option<string?> StateOption = new("--state-dir")
    {
        Description = "Directory for state, apps lock and log.",
        HelpName = "DIR",
        Recursive = true,
    };

    private static readonly Option<bool> RehearseOption = new("--rehearse")
    {
        Description = "Simulate host, git, Docker and Nomad; nothing is installed.",
        Recursive = true,
    };

    private static readonly Option<string?> AssetsOption = new("--assets")
    {
        Description = "Use the files of this directory instead of those in the binary.",
        HelpName = "DIR",
        Recursive = true,
    };

    private static readonly Option<OutputFormat> OutputOption = new("--output")
    {
        Description =
            "text, or json: one object per line, the last one is the result. status --live also takes prometheus.",
        HelpName = "text|json",
        Recursive = true,
        CustomParser = result =>
            result.Tokens[0].Value switch
            {
                "text" => OutputFormat.Text,
                "json" => OutputFormat.Json,
                "prometheus" => OutputFormat.Prometheus,
                var other => Refuse(result, other),
            },
    };

    private static readonly Option<bool> AsciiOption = new("--ascii")
    {
        Description = "Write ASCII only: for terminals that show other characters than the locale says.",
        Recursive = true,
    };

    /// <summary>Adds them to the root command, and so to every command.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Add(AnswersOption);
        root.Add(StateOption);
        root.Add(RehearseOption);
        root.Add(AssetsOption);
        root.Add(OutputOption);
        root.Add(AsciiOption);
        foreach (var command in root.Subcommands.SelectMany(c => c.Subcommands.Prepend(c)).Append(root))
        {
            command.Validators.Add(RefuseMetrics);
        }
    }

    /// <summary>Their values on a command line.</summary>
    public static CommonOptions Read(ParseResult parsed) =>
        new(
            parsed.GetValue(AnswersOption),
            parsed.GetValue(StateOption),
            parsed.GetValue(RehearseOption),
            parsed.GetValue(AssetsOption),
            parsed.GetValue(OutputOption),
            parsed.GetValue(AsciiOption)
        );

    private static void RefuseMetrics(System.CommandLine.Parsing.CommandResult result)
    {
        // The word itself: its conversion throws for a word that the option does not take.
        if (result.GetResult(OutputOption)?.Tokens is [{ Value: "prometheus" }] && !result.GetValue(StatusCommand.Live))
        {
            result.AddError("--output prometheus belongs to status --live");
        }
    }

    private static OutputFormat Refuse(System.CommandLine.Parsing.ArgumentResult result, string other)
    {
        result.AddError($"--output takes text or json, not {other}");
        return OutputFormat.Text;
    }
}
