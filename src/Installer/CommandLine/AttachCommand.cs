using System.CommandLine;
using ErpInstaller.Attach;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>attach</c>: shows a run while it works. Leaving the view does not stop the run.</summary>
internal static class AttachCommand
{
    public static Command Create()
    {
        var command = new Command(
            "attach",
            "Watch a running install; ^C leaves the view and does not stop the install."
        );
        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session => RunAsync(session, cancellation))
        );
        return command;
    }

    private static async Task<ExitCode> RunAsync(Session session, CancellationToken cancellation)
    {
        await using var connection = await EngineConnection.OpenAsync(session.Directory, cancellation);
        try
        {
            var code = ExitCode.Done;
            await foreach (var happened in connection.EventsAsync(cancellation))
            {
                session.Show(happened);
                code = happened is Finished result ? (ExitCode)result.ExitCode : code;
            }

            return code;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Leave(session, connection.ProcessId);
        }
    }

    private static ExitCode Leave(Session session, int process) =>
        session.Leave(
            StepStatus.Running,
            $"The run continues (pid {process}).",
            $"watch it again: erp-installer attach; stop it: kill {process}"
        );
}
