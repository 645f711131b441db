using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Screens;

/// <summary>The order of the screens.</summary>
internal sealed class ScreenFlow(ScreenContext work)
{
    private Operation? _replacing;

    /// <summary>The first screen: the dashboard where an installation is.</summary>
    public void Begin() =>
        work.Navigator.Restart(
            work.IsInstalled && !work.HasOtherAnswers ? new DashboardScreen(work, this) : new StartScreen(work, this)
        );

    /// <summary>Shows the dashboard.</summary>
    public void Dashboard() => work.Navigator.Restart(new DashboardScreen(work, this));

    /// <summary>Shows all ways to begin, above the dashboard.</summary>
    public void Start() => work.Navigator.Open(new StartScreen(work, this));

    // A run changes the state files.
    private void BeginAgain()
    {
        work.ReadState();
        Begin();
    }

    /// <summary>Shows all questions, from the host checks to the review.</summary>
    public void Ask() => work.Navigator.Open(new HostChecksScreen(work, Apps));

    /// <summary>Shows all answers and the plan.</summary>
    public void Review() => work.Navigator.Open(new ReviewScreen(work, this));

    /// <summary>Resumes the last run with the accepted answers.</summary>
    public void GoOn()
    {
        work.Interview.LoadAccepted();
        Review();
    }

    /// <summary>Shows what an update would do: with the changed answers if some wait, else with the accepted.</summary>
    public void Update()
    {
        if (work.Interview.DiffersFromAccepted)
        {
            Review();
        }
        else
        {
            GoOn();
        }
    }

    /// <summary>Starts the run, which asks nothing.</summary>
    public void Install()
    {
        work.Navigator.Restart(new RunScreen(work));
        work.Run.Start(work.Interview, Ended);
    }

    /// <summary>Makes a backup.</summary>
    public void BackUp()
    {
        work.Run.Start(Operation.Backup, Ended);
        work.Navigator.Restart(new RunScreen(work));
    }

    /// <summary>Shows the backups, to restore one.</summary>
    public void ChooseBackup() => work.Navigator.Open(new BackupsScreen(work, this));

    /// <summary>Shows what a backup would replace, and asks for the site's name.</summary>
    public void ConfirmRestore(BackupKnown backup) => Confirm(SiteReplacement.ByBackup(backup));

    /// <summary>Shows what a rollback would lose, and asks for the site's name.</summary>
    public void ConfirmRollback() => Confirm(SiteReplacement.ByRollback());

    private void Confirm(SiteReplacement replacement) =>
        work.Navigator.Open(new ReplacementScreen(work, replacement, Replace));

    private void Replace(Operation operation)
    {
        _replacing = operation;
        work.Run.Start(operation, Ended);
        work.Navigator.Restart(new RunScreen(work));
    }

    /// <summary>Shows the present run.</summary>
    public void Watch()
    {
        work.Navigator.Restart(new RunScreen(work));
        work.Run.Follow(Ended);
    }

    /// <summary>Starts over as a rehearsal.</summary>
    public void Rehearse() => work.LeaveTo(NextSession.Rehearsal);

    /// <summary>Shows the groups of containers, to read a log or to restart one.</summary>
    public void ChooseContainers() => work.Navigator.Open(new ContainersScreen(work));

    /// <summary>Continues with the command <c>remove</c>.</summary>
    public void Remove() => work.LeaveTo(NextSession.Removal);

    // The apps have their own screen; all other pages are forms.
    private void Apps() => work.Navigator.Open(new AppsScreen(work, () => Forms(FormPages())));

    private List<QuestionPage> FormPages() => [.. work.Interview.Questionnaire.Pages.Where(p => p.Id != "apps")];

    private void Forms(List<QuestionPage> pages)
    {
        if (pages.Count > 0)
        {
            var page = pages[0];
            Action next = () => Forms([.. pages.Skip(1)]);
            work.Navigator.Open(
                page.Id == "sizes" ? new SizesScreen(work, page, next) : new QuestionScreen(work, page, next)
            );
        }
        else
        {
            Review();
        }
    }

    private void Ended(Finished result)
    {
        Screen screen = (result.Status, work.Run.View.Operation) switch
        {
            (StepStatus.Done, _) => new FinishedScreen(work, result, back: BeginAgain),
            (_, Operation.InstallId) => new FailureScreen(work, result, again: Install, change: () =>
                ChangeFrom(result.Step)
            ),
            (_, Operation.BackupId) => new FailureScreen(work, result, again: BackUp, back: BeginAgain),
            (_, var id) when _replacing is { } replacing && replacing.Id == id => new FailureScreen(
                work,
                result,
                again: () => Replace(replacing),
                back: BeginAgain
            ),
            // This session did not start it. The hint has the command that goes on.
            _ => new FailureScreen(work, result, back: BeginAgain),
        };
        var log = work.Navigator.Current as LogScreen;
        work.Navigator.Restart(screen);
        if (log is not null)
        {
            // The operator may go on reading.
            log.HasEnded = true;
            work.Navigator.Open(log);
        }
    }

    // Opens the page with the answers of the failed step. Esc leads to the pages before it; the review follows.
    private void ChangeFrom(string? step)
    {
        Begin();
        Ask();
        if (step is null or StepId.HostChecks)
        {
            return;
        }

        Apps();
        var pages = FormPages();
        for (var passed = 0; step != StepId.Apps && passed < pages.Count; passed++)
        {
            Forms([.. pages.Skip(passed)]);
            if (
                pages[passed].Step == step
                || (step is StepId.Schedule or StepId.Verification && pages[passed].Step == StepId.Deployment)
            )
            {
                return;
            }
        }
    }
}
