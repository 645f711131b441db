using ErpInstaller.Answers;
using ErpInstaller.Deployment.Cluster;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Run;

namespace ErpInstaller.HostChecks;

/// <summary>The parts of the answers that the host checks depend on.</summary>
public static class HostChecksInputs
{
    /// <summary>What says where to look: with other values, other facts would be found.</summary>
    public static StepInputs OfFacts(StepSettings settings)
    {
        var answers = settings.Answers;
        return new StepInputs()
            .Add("site.http_port", answers.Site.HttpPort)
            .Add("site.https_port", answers.Site.HttpsPort)
            .Add("nomad.address", answers.Nomad.Address)
            .Add("nomad.namespace", answers.Nomad.Namespace)
            .Add("nomad.region", answers.Nomad.Region)
            .Add("nomad.token", answers.Nomad.Token)
            .Add("nomad.node", answers.Nomad.Node)
            .Add("nomad.job", answers.Nomad.Job)
            .Add("image.source", answers.Image.Source)
            .AddCluster(answers)
            .Add("apps", AppSelection.Resolve(answers.Apps, settings.Release).Select(a => a.Url));
    }

    /// <summary>These, and what says how to judge.</summary>
    public static StepInputs OfVerdicts(StepSettings settings)
    {
        var answers = settings.Answers;
        return OfFacts(settings)
            .Add(
                "host.accept",
                answers.Host.Accept.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}: {a.Value}")
            )
            .Add("image.builder", answers.Image.Builder)
            .Add("certificate.mode", answers.Certificate.Mode)
            .AddDelivery(answers)
            .Add("resources", answers.Resources)
            .Add("scale", answers.Scale);
    }
}
