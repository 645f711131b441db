using System.CommandLine;
using ErpInstaller.Answers;
using ErpInstaller.Containers;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.CommandLine;

/// <summary><c>restart</c>: ends the containers of a group and starts them again. Changes no data and no job.</summary>
internal static class RestartCommand
{
    private static readonly Argument<string> Group = UsageErrors.Argument("group", "The group of containers.");

    public static Command Create()
    {
        Group.HelpName = "GROUP";
        Group.CompletionSources.Add(ContainerGroups.All.Select(g => g.Name).ToArray());
        var command = new Command("restart", "Restart the containers of a group, one after the other.") { Group };
        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session =>
                    RunAsync(session, ContainerFinder.GroupOf(parsed.GetValue(Group)!), cancellation)
                )
        );
        return command;
    }

    private static async Task<ExitCode> RunAsync(Session session, ContainerGroup group, CancellationToken cancellation)
    {
        var restart = new ContainerRestart(session.Introduce(session.OpenQuietly()));
        return session.End(
            ExitCode.Done,
            ContainerWords.Restarted(group, await restart.RestartAsync(group, cancellation))
        );
    }
}
