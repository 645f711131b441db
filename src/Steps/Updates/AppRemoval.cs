using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.Run;

namespace ErpInstaller.Updates;

/// <summary>The removal of an app from the site.</summary>
public static class AppRemoval
{
    /// <summary>The apps that go: the app itself, then what only it needs, if the site has them.</summary>
    /// <param name="installation">With the answers of after the removal.</param>
    /// <param name="app">The app.</param>
    /// <exception cref="InstallerException">
    /// The site does not have the app, or it has another one that the answers do not name.
    /// </exception>
    public static async Task<IReadOnlyList<string>> FindAsync(
        Installation installation,
        string app,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(installation);
        var context = installation.ContextOf(StepId.Deployment);
        var (answers, release) = (context.Answers.Apps, context.Release);
        var (_, found) = await new ExistingJobs(context).ServingAsync(cancellation);
        var needs = AppChoice.Needs(app, answers, release);

        // An earlier installer made the jobs, and Nomad has forgotten which apps the site has.
        var present = found.Count > 0 ? found : needs;
        var unnamed = present.Except([.. BaseApps.All, .. AppChoice.Names(answers, release)]).ToList();
        if (!unnamed.Contains(app))
        {
            throw UpdateErrors.NotInSite(app, found, context);
        }

        var going = needs.Reverse().Where(unnamed.Contains).ToList();
        return unnamed.Except(going).FirstOrDefault() is { } other ? throw UpdateErrors.Unnamed(other, context) : going;
    }
}
