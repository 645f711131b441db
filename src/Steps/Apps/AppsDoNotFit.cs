using ErpInstaller.Apps.Requirements;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>
/// Apps say themselves that they do not go with the release, or need an app that is not chosen. It cannot be accepted: the
/// build of the image would stop at the same words, half an hour later.
/// </summary>
public sealed class AppsDoNotFit : InstallerException
{
    private AppsDoNotFit(string message, string hint)
        : base(message, hint, ExitCode.StepFailed) { }

    internal static AppsDoNotFit Of(IReadOnlyList<(LockedApp App, AppCompatibility Fit)> unfit, StepSettings settings)
    {
        var words = unfit.Select(u =>
            $"{u.App.Name} at {u.App.ShownRef} {string.Join("; it ", u.Fit.Misfits.Select(m => m.Say(settings.Release.Version)))}"
        );
        return new AppsDoNotFit(string.Join("; ", words), Advice(unfit[0].App, unfit[0].Fit.Misfits[0], settings));
    }

    private static string Advice(LockedApp app, Misfit misfit, StepSettings settings)
    {
        var change = settings.Answers.Apps.Override.GetValueOrDefault(app.Name);
        var own = settings.Release.Apps[app.Name];
        if (misfit.Has is null && settings.Release.Apps.ContainsKey(misfit.App))
        {
            var required = (change?.Requires ?? own.Requires).Append(misfit.App).Select(r => $"\"{r}\"");
            return $"Bring it along: [apps.override.{app.Name}] requires = [{string.Join(", ", required)}]";
        }

        return change?.Ref is not null && change.Ref != own.Ref
            ? $"Take the release's own ref: [apps.override.{app.Name}] ref = \"{own.Ref}\". Others: git ls-remote --tags {app.Url}"
            : $"Take an earlier one: [apps.override.{app.Name}] ref = \"…\". There are: git ls-remote --tags {app.Url}";
    }
}
