using System.CommandLine;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>plan</c>: shows what <c>install</c> would do.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var command = new Command("plan", "Show what install would do; exit code 10 if there are changes to make.")
        {
            CommonOptions.UpdateLock,
        };
        command.SetAction((parsed, cancellation) => Session.RunAsync(CommonOptions.Read(parsed), async session =>
                {
                    var toDo = await new Planner(
                        session.Introduce(session.Open(parsed.GetValue(CommonOptions.UpdateLock)))
                    ).PlanAsync(cancellation);
                    return toDo
                        ? session.End(ExitCode.ChangesPlanned, "Nothing was changed.")
                        : session.End(ExitCode.Done, "Nothing to do.");
                }));
        return command;
    }
}
