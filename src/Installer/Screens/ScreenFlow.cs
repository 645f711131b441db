using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Screens;

/// <summary>Which screen comes after which: the one place that lists them in order.</summary>
internal sealed class ScreenFlow(Workspace work)
{
    /// <summary>The first screen.</summary>
    public void Begin() => work.Navigator.Restart(new StartScreen(work, this));

    /// <summary>Asks everything, from the host checks to the review.</summary>
    public void Ask() => work.Navigator.Open(new HostChecksScreen(work, Apps));

    /// <summary>Shows all answers and the plan.</summary>
    public void Review() => work.Navigator.Open(new ReviewScreen(work, this));

    /// <summary>Goes on with the accepted answers where the last run ended.</summary>
    public void GoOn()
    {
        work.Load(work.Directory.Answers);
        Review();
    }

    /// <summary>Installs; nothing is asked any more.</summary>
    public void Install()
    {
        work.Navigator.Restart(new RunScreen(work));
        work.StartInstalling(Ended);
    }

    /// <summary>Looks at the installation at work.</summary>
    public void Watch()
    {
        work.Navigator.Restart(new RunScreen(work));
        work.FollowInstalling(Ended);
    }

    /// <summary>Begins anew with everything outside simulated.</summary>
    public void Rehearse() => work.LeaveToRehearse();

    // The apps have a screen of their own; all other pages are forms.
    private void Apps() => work.Navigator.Open(new AppsScreen(work, () => Forms(FormPages())));

    private List<QuestionPage> FormPages() => [.. work.Questionnaire.Pages.Where(p => p.Id != "apps")];

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
        Screen screen =
            result.Status == StepStatus.Done
                ? new FinishedScreen(work, result)
                : new FailureScreen(work, result, again: Install, change: () => ChangeFrom(result.Step));
        var log = work.Navigator.Current as LogScreen;
        work.Navigator.Restart(screen);
        if (log is not null)
        {
            // Who reads is not interrupted.
            log.HasEnded = true;
            work.Navigator.Open(log);
        }
    }

    // Right where the answers of the failed step are; the pages after it and the review follow, Esc leads to those before.
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
            if (pages[passed].Step == step || (step == StepId.Verification && pages[passed].Step == StepId.Deployment))
            {
                return;
            }
        }
    }
}
