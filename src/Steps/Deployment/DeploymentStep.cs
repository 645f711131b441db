using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Certificate;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.Cluster;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Deployment.Secrets;
using ErpInstaller.Image;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>
/// Creates the network and the Variables, then registers three jobs: data, init, application. Each is followed until it
/// is healthy or complete before the next one.
/// </summary>
public sealed class DeploymentStep : Step<DeploymentPlan>, IExportsFiles, IKeepsPlans
{
    /// <inheritdoc/>
    public override string Id => StepId.Deployment;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings)
    {
        var answers = settings.Answers;
        return new StepInputs()
            .Add(answers, "nomad.address", "nomad.namespace", "nomad.region", "nomad.job", "nomad.node")
            .Add(answers, "site.name", "site.http_port", "site.https_port", "site.trusted_proxies")
            .Add(answers, "scale", "resources", "certificate.mode", "certificate.resolver")
            .Add(answers, MailSettings.IsWanted(answers) ? ["mail"] : [])
            .Add("images.mariadb", settings.Release.Images.Mariadb)
            .Add("images.redis", settings.Release.Images.Redis)
            .AddDelivery(answers)
            .AddCluster(answers);
    }

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        new NomadRetry(context).AskBrieflyAsync(() => LookAsync(context, cancellation), cancellation);

    /// <inheritdoc/>
    /// <exception cref="InstallerException">The named nodes cannot form a cluster.</exception>
    public override Task<DeploymentPlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        new NomadRetry(context).AskBrieflyAsync(() => PlanNowAsync(context, cancellation), cancellation);

    private static async Task<ProbeResult> LookAsync(StepContext context, CancellationToken cancellation)
    {
        if (!IsCluster(context) && !await new DeploymentNetwork(context).ExistsAsync(cancellation))
        {
            return new ProbeResult.Missing($"no Docker network {context.Answers.Nomad.Job}");
        }

        if (await PlanSecretsAsync(context, cancellation) is [var missing, ..])
        {
            return new ProbeResult.Missing(
                missing.Kind == ChangeKind.Create
                    ? $"{missing.Subject} is missing"
                    : $"{missing.Subject}: {missing.Why}"
            );
        }

        var planning = new JobPlanning(context);
        var inputs = await planning.InputsAsync(cancellation);
        if (await new CertificateVolume(context, inputs.Node).LookAsync(cancellation) is { Change: { } delivery } look)
        {
            return new ProbeResult.Missing(
                look.Obstacle?.Message ?? $"{delivery.Subject} has another certificate, or none"
            );
        }

        return await new DeploymentProbe(context).LookAsync(
            await planning.PlanAsync(inputs, cancellation),
            inputs,
            cancellation
        );
    }

    private static async Task<DeploymentPlan> PlanNowAsync(StepContext context, CancellationToken cancellation)
    {
        var planning = new JobPlanning(context);
        var inputs = await planning.InputsAsync(cancellation);
        var network = new DeploymentNetwork(context);
        var changes = new List<PlannedChange>();
        if (!IsCluster(context) && !await network.ExistsAsync(cancellation))
        {
            changes.Add(network.Creation);
        }

        var (delivery, obstacle) = await new CertificateVolume(context, inputs.Node).LookAsync(cancellation);
        if (delivery is not null)
        {
            changes.Add(delivery);
        }

        changes.AddRange(await PlanSecretsAsync(context, cancellation));
        var jobs = await planning.PlanAsync(inputs, cancellation);
        if (MailSettings.IsWanted(context.Answers) && jobs.Init.HasChanges)
        {
            var test = context.Answers.Mail.TestTo is { } to ? $"; a test message goes to {to}" : "";
            changes.Add(new PlannedChange(ChangeKind.Look, "mail", MailSettings.Describe(context.Answers.Mail) + test));
        }

        changes.AddRange(
            context.AskedFor.RemovedApps.Select(a => new PlannedChange(
                ChangeKind.Destroy,
                $"app {a}",
                $"with its data, from {context.Answers.Site.Name}; a backup is made and read back first"
            ))
        );
        if (await new ExistingJobs(context).HasOtherRevisionAsync(inputs, cancellation))
        {
            if (context.AskedFor.KeepsImage)
            {
                throw DeploymentErrors.WouldUpdate(context.Answers.Site.Name, inputs.Image);
            }

            changes.AddRange(context.Guard.Foretell(context));
        }

        changes.AddRange(jobs.SelectMany(j => j.Describe()));
        return new DeploymentPlan
        {
            Node = inputs.Node,
            Jobs = jobs,
            Rotations = inputs.Rotations,
            Changes = changes,
            Expected = OutputsOf(inputs.Node, jobs),
            Obstacle = obstacle ?? PlacementBlocked.Of(jobs, inputs),
        };
    }

    /// <inheritdoc/>
    public override async Task RunAsync(DeploymentPlan plan, StepContext context, CancellationToken cancellation)
    {
        var shown = new ShownPlan(context);
        shown.Check(plan);
        context.Directory.WriteGenerated(Files(context, plan.Jobs.Map(j => j.Job)));
        var network = new DeploymentNetwork(context);
        if (!IsCluster(context) && !await network.ExistsAsync(cancellation))
        {
            await network.CreateAsync(plan.Node, cancellation);
        }

        // Before the Variables, because a change of a Variable makes nginx read the file.
        await new CertificateVolume(context, plan.Node).WriteAsync(cancellation);
        var secrets = new DeploymentSecrets(context);
        var retry = new NomadRetry(context);
        await retry.DoBrieflyAsync(() => WriteSecretsAsync(secrets, context, cancellation), cancellation);

        // From here on, this run itself changes the indexes.
        shown.Forget();
        var rollout = new JobRollout(context, plan.Jobs);
        await rollout.RegisterDataAsync(cancellation);
        var application = await rollout.RegisterInitAsync(cancellation);
        await retry.DoBrieflyAsync(() => secrets.TakenAsync(plan.Rotations, cancellation), cancellation);
        if (plan.Jobs.Init.HasChanges)
        {
            new MailReport(context).Tell();
        }

        await rollout.RegisterApplicationAsync(application, cancellation);
    }

    /// <inheritdoc/>
    public void KeepShown(StepPlan? plan, StepContext context)
    {
        var shown = new ShownPlan(context);
        if (plan is DeploymentPlan planned)
        {
            shown.Keep(planned);
        }
        else
        {
            shown.Forget();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GeneratedFile>> ExportAsync(StepContext context, CancellationToken cancellation)
    {
        var planning = new JobPlanning(context);
        return [.. Files(context, planning.Build(await planning.InputsAsync(cancellation)))];
    }

    /// <summary>The outputs of jobs that are registered as they were planned.</summary>
    internal static DeploymentOutputs OutputsOf(NomadNode node, JobSet<PlannedJob> jobs) =>
        new(node.Name, node.Address, jobs.ToDictionary(j => j.Job.Id, j => j.Plan.JobModifyIndex));

    private static bool IsCluster(StepContext context) => context.Answers.Nomad.Topology == NomadTopology.Cluster;

    private static async Task<IReadOnlyList<PlannedChange>> PlanSecretsAsync(
        StepContext context,
        CancellationToken cancellation
    ) =>
        [
            .. await new DeploymentSecrets(context).PlanAsync(cancellation),
            .. await new MailSecret(context).PlanAsync(cancellation),
            .. IsCluster(context) ? await new RedisSecret(context).PlanAsync(cancellation) : [],
        ];

    // If the answer to a write was lost, the next try finds the written value.
    private static async Task WriteSecretsAsync(
        DeploymentSecrets secrets,
        StepContext context,
        CancellationToken cancellation
    )
    {
        await secrets.WriteAsync(cancellation);
        await new MailSecret(context).WriteAsync(cancellation);
        if (IsCluster(context))
        {
            await new RedisSecret(context).WriteAsync(cancellation);
        }
    }

    private static IEnumerable<GeneratedFile> Files(StepContext context, JobSet<Job> jobs)
    {
        foreach (var job in jobs)
        {
            yield return new GeneratedFile($"deployment/{job.Id}.nomad.hcl", JobHcl.Render(job));
            yield return new GeneratedFile($"deployment/{job.Id}.nomad.json", JobJson.Text(job));
        }

        yield return new GeneratedFile(
            "deployment/nginx.conf",
            NginxConfiguration.Render(context.Assets, context.Answers, new JobPlanning(context).IsTrusted)
        );
        string[] mail = MailSettings.IsWanted(context.Answers) ? ["mail.py"] : [];
        foreach (var script in (string[])["configurator.sh", "create-site.sh", "image.py", .. mail])
        {
            yield return new GeneratedFile(
                $"deployment/{script}",
                context.Assets.Read($"deployment/{script}"),
                Executable: true
            );
        }
    }
}
