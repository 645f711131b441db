using ErpInstaller.Answers;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>Errors of the apps step.</summary>
internal static class AppErrors
{
    /// <summary>An app's repository does not have the branch or tag.</summary>
    public static InstallerException RefMissing(ChosenApp app, IReadOnlyList<string> nearest) =>
        new(
            ErrorCode.AppRefMissing,
            $"{app.Name}: {app.Url} has no branch or tag {app.Ref}",
            nearest.Count == 0
                ? $"The repository is empty: check its URL in {app.Key}"
                : $"Similar names: {string.Join(", ", nearest)}. " + $"Choose one: [{app.Key}] ref = \"{nearest[0]}\""
        );

    /// <summary>
    /// Apps declare that they do not fit the release, or need an app that is not chosen. The operator cannot accept it:
    /// the build of the image would stop for the same reason, half an hour later.
    /// </summary>
    public static InstallerException DoNotFit(
        IReadOnlyList<(LockedApp App, AppCompatibility Fit)> unfit,
        StepSettings settings
    )
    {
        var words = unfit.Select(u =>
            $"{u.App.Name} at {u.App.ShownRef} "
            + string.Join("; it ", u.Fit.Misfits.Select(m => m.Describe(settings.Release.Version)))
        );
        var hint = Advice(unfit[0].App, unfit[0].Fit.Misfits[0], settings);
        return new InstallerException(ErrorCode.AppsDoNotFit, string.Join("; ", words), hint);
    }

    private static string Advice(LockedApp app, Misfit misfit, StepSettings settings)
    {
        var change = settings.Answers.Apps.Of(app.Name);
        var key = settings.Answers.Apps.KeyOf(app.Name);
        if (!settings.Release.Apps.TryGetValue(app.Name, out var own))
        {
            return $"Take another branch or tag of it: [{key}] ref = \"…\"";
        }

        if (misfit.Has is null && settings.Release.Apps.ContainsKey(misfit.App))
        {
            var required = ((change as AppOverride)?.Requires ?? own.Requires)
                .Append(misfit.App)
                .Select(r => $"\"{r}\"");
            return $"Add it: [{key}] requires = [{string.Join(", ", required)}]";
        }

        return change?.Ref is not null && change.Ref != own.Ref
            ? $"Take the release's own ref: [{key}] ref = \"{own.Ref}\". "
                + $"List others: git ls-remote --tags {app.Url}"
            : $"Take an earlier one: [{key}] ref = \"…\". List them: git ls-remote --tags {app.Url}";
    }
}
