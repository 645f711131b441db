using System.CommandLine;
using ErpInstaller.Engine;

namespace ErpInstaller.Commands;

/// <summary><c>plan</c>: says what <c>install</c> would do.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var command = new Command("plan", "Show what install would do; exit code 10 when there is something to do.") { CommonOptions.UpdateLock };
        command.SetAction((parsed, cancellation) => Session.RunAsync(
            CommonOptions.Read(parsed),
            async session =>
            {
                var toDo = await new Planner(session.Introduce(session.Open(parsed.GetValue(CommonOptions.UpdateLock)))).PlanAsync(cancellation);
                var code = toDo ? ExitCode.ChangesPlanned : ExitCode.Done;
                session.Events.Publish(session.Result(code) with { Message = toDo ? "Nothing was changed." : "Nothing to do." });
                return code;
            }));
        return command;
    }
}
