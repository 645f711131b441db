using System.CommandLine;
using System.CommandLine.Parsing;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Json;
using ErpInstaller.Lines;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary>Reports errors of the command line, in the requested output format.</summary>
internal static class UsageErrors
{
    /// <summary>Reports all errors.</summary>
    /// <returns>The exit code.</returns>
    public static ExitCode Tell(ParseResult parsed)
    {
        var messages = parsed.Errors.Select(e => e.Message).Distinct().ToList();
        var unknown = parsed
            .UnmatchedTokens.Concat(
                parsed.Tokens.Where(t => t.Type == TokenType.Argument).Select(t => t.Value).Where(LooksLikeOption)
            )
            .FirstOrDefault();
        var message = unknown is null
            ? messages[0]
            : $"{unknown}: {Fault(unknown, parsed.CommandResult.Command)}{Suggest(unknown, parsed)}";
        var result = new Finished(
            StepStatus.Failed,
            (int)ExitCode.Usage,
            Has(parsed, "--rehearse"),
            Error: "UsageError",
            Message: message,
            Hint: $"{Words(parsed.CommandResult)} --help"
        )
        {
            At = TimeProvider.System.GetUtcNow(),
            Details = messages.Count == 1 || unknown is not null ? [] : messages,
        };
        if (WantsJson(parsed))
        {
            new JsonFrontEnd(Console.Out).Show(result);
        }
        else
        {
            new PlainFrontEnd(PlainLines.Output, PlainLines.Errors).Show(result);
        }

        return ExitCode.Usage;
    }

    /// <summary>An argument of a command that rejects a mistyped option as its value.</summary>
    public static Argument<string> Argument(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result =>
            result
                .Tokens.Select(t => t.Value)
                .Where(LooksLikeOption)
                .ToList()
                .ForEach(w => result.AddError($"{w}: there is no such option"))
        );
        return argument;
    }

    private static string Fault(string word, Command command) =>
        LooksLikeOption(word) ? "there is no such option"
        : command.Subcommands.Count > 0 ? "there is no such command"
        : $"{command.Name} does not take this argument";

    private static bool LooksLikeOption(string word) => word.Length > 1 && word[0] == '-';

    private static string Suggest(string word, ParseResult parsed)
    {
        var (command, root) = (parsed.CommandResult.Command, parsed.RootCommandResult.Command);
        if (Owners(word, root) is { Count: > 0 } owners)
        {
            return $" here; it belongs to {string.Join(" and ", owners)}";
        }

        var known = LooksLikeOption(word)
            ? command.Options.Concat(root.Options.Where(o => o.Recursive)).Where(o => !o.Hidden).Select(o => o.Name)
            : command.Subcommands.Select(c => c.Name);
        if (word.EndsWith(".toml", StringComparison.Ordinal) && command.Subcommands.Count == 0)
        {
            return $"; give an answer file with --answers {word}";
        }

        return
            known
                .Where(k => EditDistance.Between(word, k) <= Math.Clamp(word.Length / 3, 1, 3))
                .MinBy(k => EditDistance.Between(word, k))
                is { } near
            ? $"; did you mean {near}?"
            : "";
    }

    // The commands that have exactly this option.
    private static List<string> Owners(string option, Command root)
    {
        List<string> alone = root.Options.Any(o => o.Name == option) ? [$"{ProgramName.Typed} without a command"] : [];
        return
        [
            .. alone,
            .. root
                .Subcommands.Where(c => c.Options.Any(o => o.Name == option))
                .Select(c => $"{ProgramName.Typed} {c.Name}"),
        ];
    }

    private static string Words(CommandResult command) =>
        command.Parent is CommandResult above ? $"{Words(above)} {command.Command.Name}" : ProgramName.Typed;

    // Both look at the raw words, because the parsed option may be the one in error.
    private static bool Has(ParseResult parsed, string option) => parsed.Tokens.Any(t => t.Value == option);

    private static bool WantsJson(ParseResult parsed) =>
        parsed.Tokens.Select(t => t.Value).SkipWhile(t => t != "--output").Skip(1).FirstOrDefault() == "json";
}
