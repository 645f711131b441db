using System.CommandLine;
using ErpInstaller.Composition;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks;
using ErpInstaller.Lines;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary>An install for one change: shows its plan, asks, and runs it.</summary>
/// <param name="command">The command of the change that asks no question.</param>
/// <param name="ask">Asks for the confirmation; null: the command line has it.</param>
internal sealed class ConfirmedChange(
    Session session,
    string command,
    Func<OperatorLines, Task<bool>>? ask,
    CancellationToken cancellation
)
{
    /// <summary>For scripts: no question.</summary>
    public static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do it without a question." };

    /// <summary>Whether the last run did all its steps. Otherwise the same command goes on.</summary>
    public bool IsLastFinished
    {
        get
        {
            var state = new StateFile(session.Directory).Read();
            return InstallSteps.FindNext(step => state.Of(step).Status) is null;
        }
    }

    /// <summary>A change that needs a yes.</summary>
    /// <param name="command">The words of the command of the change.</param>
    /// <param name="isConfirmed">No question is asked.</param>
    public static ConfirmedChange YesOrNo(
        Session session,
        string command,
        bool isConfirmed,
        CancellationToken cancellation
    )
    {
        var question = session.Options.Rehearse ? "Rehearse it now?" : "Do it now?";
        return new ConfirmedChange(
            session,
            session.CommandOf($"{command} --yes"),
            isConfirmed ? null : lines => lines.ConfirmAsync(question),
            cancellation
        );
    }

    /// <summary>Looks whether the change can begin.</summary>
    /// <param name="before">The answers of before the change.</param>
    /// <exception cref="InstallerException">
    /// Nobody can confirm it, nothing is installed, or something else waits to be installed.
    /// </exception>
    public void Check(SessionAnswers before)
    {
        if (ask is not null && !session.CanAsk)
        {
            throw new InstallerException(
                ErrorCode.ChangeNotConfirmed,
                "This changes the installation, and there is no terminal to confirm it",
                $"Do it without a question: {command}"
            );
        }

        ChangeReadiness.Check(session.Open(before));
    }

    /// <summary>Shows the plan, asks, and runs the install.</summary>
    /// <param name="open">Opens the installation with the change.</param>
    /// <param name="begin">Done after the confirmation, before the run.</param>
    /// <exception cref="InstallerException">The plan finds an obstacle. Nothing was changed.</exception>
    public async Task<ExitCode> RunAsync(Func<Installation> open, Action? begin = null)
    {
        await PlanAsync(open());
        if (ask is not null && !await ask(new OperatorLines(Console.Out, cancellation)))
        {
            return session.End(ExitCode.Done, "Nothing was changed.");
        }

        begin?.Invoke();
        return await EngineRun.RunAsync(session, open, acceptChanges: true, isDetached: false, cancellation);
    }

    // A plan shows a failed host check; the run would end at it, after the change began.
    private async Task PlanAsync(Installation installation)
    {
        var isBlocked = false;
        session.Events.Subscribe(e => isBlocked |= e is StepPlanned { Step: StepId.HostChecks, Changes.Count: > 0 });
        await new Planner(installation).PlanAsync(cancellation);
        if (!isBlocked)
        {
            return;
        }

        var report = await HostChecksStep.CheckAsync(installation.ContextOf(new HostChecksStep()), cancellation);
        foreach (var row in report.Blocking)
        {
            session.Events.Publish(new HostChecked(row.Id, row.Verdict, row.Found, row.Needed, row.Hint));
        }

        throw HostChecksFailed.For(report, "nothing was changed");
    }
}
