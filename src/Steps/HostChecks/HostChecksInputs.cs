using ErpInstaller.Answers;
using ErpInstaller.Deployment.Cluster;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Run;

namespace ErpInstaller.HostChecks;

/// <summary>The parts of the answers that the host checks depend on.</summary>
internal static class HostChecksInputs
{
    /// <summary>The answers that say what to measure: other ones would give other facts.</summary>
    public static StepInputs OfFacts(StepSettings settings)
    {
        var answers = settings.Answers;
        return new StepInputs()
            .Add(answers, "site.http_port", "site.https_port")
            .Add(answers, "nomad.address", "nomad.namespace", "nomad.region", "nomad.token", "nomad.node", "nomad.job")
            .Add(answers, "image.source")
            .AddCluster(answers)
            .Add("apps", AppSelection.Repositories(answers.Apps, settings.Release).Select(a => a.Url));
    }

    /// <summary>The same, and the answers that say how to judge.</summary>
    public static StepInputs OfVerdicts(StepSettings settings)
    {
        var answers = settings.Answers;
        return OfFacts(settings)
            .Add(
                "host.accept",
                answers.Host.Accept.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}: {a.Value}")
            )
            .Add(answers, "image.builder", "certificate.mode", "resources", "scale")
            .AddDelivery(answers);
    }
}
