using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Certificate;
using ErpInstaller.Deployment.Cluster;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Deployment.Secrets;
using ErpInstaller.Image;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>Makes the jobs from the answers and from what Nomad has, and asks Nomad what they would change.</summary>
internal sealed class JobPlanning(StepContext context)
{
    private readonly NomadClient _nomad = context.World.Nomad;

    private bool IsCluster => context.Answers.Nomad.Topology == NomadTopology.Cluster;

    /// <summary>
    /// The inputs of a job that runs beside the registered ones: the image and the apps that serve the site now, even
    /// if the answers have changed.
    /// </summary>
    /// <exception cref="InstallerException">Nomad has no installation of these answers.</exception>
    public async Task<JobInputs> ServingAsync(CancellationToken cancellation)
    {
        var (image, apps) = await new ExistingJobs(context).ServingAsync(cancellation);
        return await BesideAsync(image, apps, cancellation);
    }

    /// <summary>The inputs of a job that runs beside the registered ones, with this image and these apps.</summary>
    public async Task<JobInputs> BesideAsync(string image, IReadOnlyList<string> apps, CancellationToken cancellation)
    {
        var node = await _nomad.ResolveNodeAsync(context.Answers.Nomad.Node, cancellation);
        return new JobInputs
        {
            Node = node,
            Cluster = await PlaceAsync(node, cancellation),
            Namespace = _nomad.Namespace,
            Image = image,
            FrontendImage = image,
            Apps = apps,
            Trusted = false,
        };
    }

    /// <summary>The present inputs of the jobs beside the answers.</summary>
    public async Task<JobInputs> InputsAsync(CancellationToken cancellation)
    {
        var node = await _nomad.ResolveNodeAsync(context.Answers.Nomad.Node, cancellation);
        var existing = new ExistingJobs(context);
        var inputs = new JobInputs
        {
            Node = node,
            Cluster = await PlaceAsync(node, cancellation),
            Namespace = _nomad.Namespace,
            Image = context.Earlier<ImageOutputs>().Reference,
            FrontendImage = FrontendImage,
            Apps = ["erpnext", .. context.Earlier<AppsOutputs>().Lock.Apps.Select(a => a.Name)],
            Trusted = IsTrusted,
            Runs = await existing.RunsAsync(cancellation),
            Rotations = await new DeploymentSecrets(context).RotationsAsync(cancellation),
            MailPasswordVersion = await new MailSecret(context).VersionAsync(cancellation),
        };
        var inMillicores = Build(inputs with { MhzPerCore = CoreRate.Millicores });
        return inputs with
        {
            BackendCanaries = await existing.BackendCanariesAsync(cancellation),
            IsApplicationStopped = await existing.IsApplicationStoppedAsync(inputs.Revision, cancellation),
            MhzPerCore = CoreRate.Of(
                inMillicores,
                await existing.FindAsync(cancellation),
                node.MhzPerCore,
                inputs.Cluster?.Nodes.Sum(n => n.Room) ?? node.Room
            ),
        };
    }

    /// <summary>The jobs with what Nomad would change for them. Nothing is registered.</summary>
    public async Task<JobSet<PlannedJob>> PlanAsync(JobInputs inputs, CancellationToken cancellation)
    {
        var jobs = Build(inputs);
        await new DeploymentVolumes(context).RefuseStrangersAsync(jobs, cancellation);
        var planned = await jobs.MapAsync(job => PlanJobAsync(job, cancellation));
        var application = await BackendCanary.WhereItFitsAsync(planned.Application, canaries =>
            PlanJobAsync(Build(inputs with { BackendCanaries = canaries }).Application, cancellation)
        );
        return planned with { Application = application };
    }

    /// <summary>The jobs.</summary>
    public JobSet<Job> Build(JobInputs inputs) => ErpNextJobs.Build(context.Settings, inputs, context.Assets);

    /// <summary>Whether browsers trust the site's certificate.</summary>
    public bool IsTrusted => context.FindEarlier<CertificateOutputs>()?.Trusted == true;

    private async Task<ClusterPlace?> PlaceAsync(NomadNode node, CancellationToken cancellation) =>
        IsCluster
            ? new ClusterNodes(
                context.Answers,
                node,
                await _nomad.ResolveClusterAsync(node, context.Answers.Cluster.Nodes, cancellation)
            ).Place()
            : null;

    /// <summary>A job with what Nomad would change for it. Nothing is registered.</summary>
    public async Task<PlannedJob> PlanJobAsync(Job job, CancellationToken cancellation)
    {
        var json = JobJson.Render(job);
        await _nomad.ValidateAsync(json, cancellation);
        return new PlannedJob(job, json, await _nomad.PlanAsync(json, cancellation));
    }

    // The operator's own image may differ in any way. Only its own nginx is certain to fit.
    private string FrontendImage =>
        context.Answers.Image.Source == ImageSource.Existing
            ? context.Earlier<ImageOutputs>().Reference
            : context.Earlier<AppsOutputs>().Lock.RuntimeByDigest();
}
