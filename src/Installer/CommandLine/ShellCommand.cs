using System.CommandLine;
using ErpInstaller.Answers;
using ErpInstaller.Containers;

namespace ErpInstaller.CommandLine;

/// <summary><c>shell</c>: a shell, or another program, in a container.</summary>
internal static class ShellCommand
{
    // The images of Redis have no bash.
    private const string Login = "if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi";

    private static readonly Argument<string> Group = GroupArgument.Create();

    private static readonly Argument<string[]> Program = new("program")
    {
        Description = "A program with its arguments, instead of a shell.",
        Arity = ArgumentArity.ZeroOrMore,
        HelpName = "-- PROGRAM",
    };

    public static Command Create()
    {
        var command = new Command("shell", "Open a shell in a container.") { Group, Program };
        command.SetAction((parsed, cancellation) => Session.RunAsync(CommonOptions.Read(parsed), session =>
                {
                    var group = ContainerFinder.GroupOf(parsed.GetValue(Group)!);
                    return new ContainerSession(session, session.OpenQuietly()).RunAsync(
                        group,
                        parsed.GetValue(Program) is { Length: > 0 } words ? words : ["sh", "-c", Login],
                        cancellation
                    );
                }));
        return command;
    }
}

/// <summary><c>bench</c>: a command of bench for the site, in the backend's container.</summary>
internal static class BenchCommand
{
    private static readonly Argument<string[]> Words = new("arguments")
    {
        Description = "The arguments of bench.",
        Arity = ArgumentArity.ZeroOrMore,
        HelpName = "-- ARGS",
    };

    public static Command Create()
    {
        var command = new Command("bench", "Run bench for the site, in the backend's container.") { Words };
        command.SetAction((parsed, cancellation) => Session.RunAsync(CommonOptions.Read(parsed), session =>
                {
                    var installation = session.OpenQuietly();

                    // bench takes the site from here when --site is not given (frappe/utils/bench_helper.py).
                    var site = $"FRAPPE_SITE={installation.Settings.Answers.Site.Name}";
                    return new ContainerSession(session, installation).RunAsync(
                        ContainerGroups.Backend,
                        ["env", site, "bench", .. parsed.GetValue(Words) ?? []],
                        cancellation
                    );
                }));
        return command;
    }
}

/// <summary>The argument that names a group of containers.</summary>
internal static class GroupArgument
{
    public static Argument<string> Create()
    {
        var argument = UsageErrors.Argument("group", "The group of containers. Default: backend.");
        argument.Arity = ArgumentArity.ZeroOrOne;
        argument.HelpName = "GROUP";
        argument.DefaultValueFactory = _ => ContainerGroups.Backend.Name;
        argument.CompletionSources.Add(ContainerGroups.All.Select(g => g.Name).ToArray());
        return argument;
    }
}
