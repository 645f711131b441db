using ErpInstaller.Engine;
using ErpInstaller.Questions;

namespace ErpInstaller.Screens;

/// <summary>Which screen comes after which: the one place that lists them in order.</summary>
internal sealed class Journey(Workspace work)
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
    private void Apps() => work.Navigator.Open(new AppsScreen(work, () => Forms([.. work.Questionnaire.Pages.Where(p => p.Id != "apps")])));

    private void Forms(IReadOnlyList<QuestionPage> pages)
    {
        if (pages.Count > 0)
        {
            var page = pages[0];
            var picture = page.Id == "sizes" ? new CapacityPicture(work) : null;
            work.Navigator.Open(new QuestionScreen(work, page, () => Forms([.. pages.Skip(1)]), picture));
        }
        else
        {
            Review();
        }
    }

    private void Ended(Finished result)
    {
        Screen screen = result.Status == StepStatus.Done
            ? new FinishedScreen(work, result)
            : new FailureScreen(work, result, again: Install, change: ChangeAnswers);
        work.Navigator.Restart(screen);
    }

    private void ChangeAnswers()
    {
        Begin();
        Ask();
    }
}
