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
        const string shell = "erp-installer shell backend --";
        var site = answers.Site.Name;
        return check switch
        {
            "inside-address" or "inside-pdf" => SiteAddress.IsServedByFrontend(answers)
                ? $"erp-installer plan shows whether the jobs are as planned; then: {shell} curl -skI "
                    + $"{SiteAddress.Of(answers)}/login"
                : $"{site} must resolve to the HTTPS server, inside containers too: {shell} curl -sSI "
                    + $"{SiteAddress.Of(answers)}/login",
            "inside-links" =>
                $"erp-installer bench -- set-config host_name {SiteAddress.Of(answers)}; then erp-installer install",
            "inside-doctypes" => "erp-installer bench -- migrate; then erp-installer install",
            "inside-apps" => "erp-installer bench -- list-apps; erp-installer logs init",
            "inside-realtime" =>
                "erp-installer logs websocket; erp-installer plan shows whether the jobs are as planned",
            "inside-queue-long" => "erp-installer logs queue-long; then erp-installer install",
            _ when check.StartsWith("inside-queue", StringComparison.Ordinal) =>
                "erp-installer logs queue-short; then erp-installer install",
            _ => $"nomad alloc logs -stderr -job -task {VerifyJob.Task} {Verify(answers)}; then erp-installer install",
        };
    }

    private static string Verify(AnswerFile answers) => new JobIds(answers.Nomad.Job).Verify;
}
