using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;

namespace ErpInstaller.Verification;

/// <summary>Hints for failed inside checks.</summary>
internal static class InsideHints
{
    /// <summary>Commands to copy.</summary>
    public static string Of(string check, AnswerFile answers)
    {
        var job = answers.Nomad.Job;
        var ids = new JobIds(job);
        var backend = $"nomad alloc exec -job -task backend {job}";
        var site = answers.Site.Name;
        return check switch
        {
            "inside-address" or "inside-pdf" => SiteAddress.IsServedByFrontend(answers)
                ? $"erp-installer plan shows whether the jobs are as planned; then: {backend} curl -skI "
                    + $"{SiteAddress.Of(answers)}/login"
                : $"{site} must resolve to the HTTPS server, inside containers too: {backend} curl -sSI "
                    + $"{SiteAddress.Of(answers)}/login",
            "inside-links" =>
                $"{backend} bench --site {site} set-config host_name {SiteAddress.Of(answers)}; then erp-installer "
                    + "install",
            "inside-doctypes" => $"{backend} bench --site {site} migrate; then erp-installer install",
            "inside-apps" => $"{backend} bench --site {site} list-apps; "
                + $"nomad alloc logs -job -task {ContainerGroups.CreateSiteTask} {ids.Init}",
            "inside-realtime" =>
                $"nomad alloc logs -stderr -job -task websocket {job}; erp-installer plan shows whether the jobs are "
                    + "as planned",
            "inside-queue-long" => $"nomad alloc logs -stderr -job -task queue-long {job}; then erp-installer install",
            _ when check.StartsWith("inside-queue", StringComparison.Ordinal) =>
                $"nomad alloc logs -stderr -job -task queue-short {job}; then erp-installer install",
            _ => $"nomad alloc logs -stderr -job -task {VerifyJob.Task} {ids.Verify}; then erp-installer install",
        };
    }
}
