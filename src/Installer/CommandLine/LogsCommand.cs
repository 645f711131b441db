using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using ErpInstaller.Answers;
using ErpInstaller.Containers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Lines;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>logs</c>: what a group of containers wrote.</summary>
internal static partial class LogsCommand
{
    private const int DefaultLines = 200;

    private static readonly Argument<string> Group = GroupArgument.Create();

    private static readonly Option<bool> Follow = new("--follow", "-f")
    {
        Description = "Go on with each line when it is written.",
    };

    private static readonly Option<int?> Count = new("--lines", "-n")
    {
        Description = $"How many lines of the past, at most. Default: {DefaultLines}, and no limit with --since.",
        HelpName = "N",
    };

    private static readonly Option<DateTimeOffset?> Since = new("--since")
    {
        Description = "No line that was written before: 15m, 2h, 3d, or a time such as 2026-11-29T01:30.",
        HelpName = "TIME",
        CustomParser = ReadSince,
    };

    public static Command Create()
    {
        var command = new Command("logs", "Show what a group of containers wrote.") { Group, Follow, Count, Since };
        Count.Validators.Add(result =>
        {
            if (result.GetValue(Count) < 0)
            {
                result.AddError("--lines takes a number of lines, such as 50");
            }
        });
        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session =>
                    RunAsync(
                        session,
                        ContainerFinder.GroupOf(parsed.GetValue(Group)!),
                        new LogRequest(
                            parsed.GetValue(Count) ?? (parsed.GetValue(Since) is null ? DefaultLines : null),
                            parsed.GetValue(Since)
                        ),
                        parsed.GetValue(Follow),
                        cancellation
                    )
                )
        );
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        Session session,
        ContainerGroup group,
        LogRequest request,
        bool follow,
        CancellationToken cancellation
    )
    {
        var installation = session.OpenQuietly(follow ? RehearsalPace.Watched : null);
        var isJson = session.Options.Output == OutputFormat.Json;
        if (installation.World.IsRehearsal && !isJson)
        {
            PlainLines.Errors.Write(RehearsalWords.Simulated);
        }

        var logs = new ContainerLogs(installation);
        void Show(LogLine line) => Tell(session, group, line);
        if (follow)
        {
            await logs.FollowAsync(group, request, Show, text => Warn(session, group, text), cancellation);
        }
        else
        {
            var lines = await logs.ReadAsync(group, request, cancellation);
            foreach (var line in lines)
            {
                Show(line);
            }

            // On stderr, so that a file gets only what the containers wrote.
            if (lines.Count == 0 && !isJson)
            {
                PlainLines.Errors.Write($"The log of {group.Name} has no such lines.");
            }
        }

        return isJson ? session.End(ExitCode.Done, message: null) : ExitCode.Done;
    }

    private static void Tell(Session session, ContainerGroup group, LogLine line)
    {
        var source = line.Source.Length == 0 ? "" : $"{line.Source} | ";
        if (session.Options.Output == OutputFormat.Json)
        {
            var level = line.IsError ? LogLevel.Warning : LogLevel.Output;
            session.Events.Publish(new Log(line.Source.Length == 0 ? group.Name : line.Source, level, line.Text));
            return;
        }

        // A file gets what the container wrote. A terminal must not obey it.
        PlainLines.Output.WriteWhole(source + (Console.IsOutputRedirected ? line.Text : TerminalText.Clean(line.Text)));
    }

    private static void Warn(Session session, ContainerGroup group, string text)
    {
        if (session.Options.Output == OutputFormat.Json)
        {
            session.Events.Publish(new Log(group.Name, LogLevel.Warning, text));
        }
        else
        {
            PlainLines.Errors.Write($"warning: {text}");
        }
    }

    private static DateTimeOffset? ReadSince(ArgumentResult result)
    {
        var word = result.Tokens[0].Value;
        if (Ago().Match(word) is { Success: true } ago)
        {
            var count = int.Parse(ago.Groups[1].Value, CultureInfo.InvariantCulture);
            return TimeProvider.System.GetUtcNow()
                - (
                    ago.Groups[2].Value switch
                    {
                        "s" => TimeSpan.FromSeconds(count),
                        "m" => TimeSpan.FromMinutes(count),
                        "h" => TimeSpan.FromHours(count),
                        _ => TimeSpan.FromDays(count),
                    }
                );
        }

        if (DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time))
        {
            return time;
        }

        result.AddError($"--since takes 15m, 2h, 3d or a time such as 2026-11-29T01:30, not {word}");
        return null;
    }

    [GeneratedRegex(@"\A([0-9]{1,5})([smhd])\z")]
    private static partial Regex Ago();
}
