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

/// <summary>Network, variables, then the three jobs, each followed to its end before the next: data, init, application.</summary>
public sealed class DeploymentStep : Step<DeploymentPlan>, IExportsFiles, IKeepsPlans
{
    // Of a first installation's time, roughly: the init job installs the apps one after the other.
    private static readonly (double From, double To) DataShare = (0, 0.2);
    private static readonly (double From, double To) InitShare = (0.2, 0.8);
    private static readonly (double From, double To) ApplicationShare = (0.8, 1);

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
    /// <exception cref="InstallerException">The nodes that the answers mean make no cluster.</exception>
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
                    ? $"{missing.Subject} is not there"
                    : $"{missing.Subject}: {missing.Why}"
            );
        }

        var inputs = await JobInputsAsync(context, cancellation);
        if (await new CertificateVolume(context, inputs.Node).LookAsync(cancellation) is { Change: { } delivery } look)
        {
            return new ProbeResult.Missing(
                look.Obstacle?.Message ?? $"{delivery.Subject} has another certificate, or none"
            );
        }

        return await new DeploymentProbe(context).LookAsync(
            await PlanJobsAsync(context, inputs, cancellation),
            inputs,
            cancellation
        );
    }

    private static async Task<DeploymentPlan> PlanNowAsync(StepContext context, CancellationToken cancellation)
    {
        var inputs = await JobInputsAsync(context, cancellation);
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
        var jobs = await PlanJobsAsync(context, inputs, cancellation);
        if (MailSettings.IsWanted(context.Answers) && jobs[1].Changes)
        {
            var test = context.Answers.Mail.TestTo is { } to ? $"; a test message goes to {to}" : "";
            changes.Add(new PlannedChange(ChangeKind.Look, "mail", MailSettings.Describe(context.Answers.Mail) + test));
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
        context.Directory.WriteGenerated(Files(context, plan.Jobs.Select(j => j.Job)));
        var network = new DeploymentNetwork(context);
        if (!IsCluster(context) && !await network.ExistsAsync(cancellation))
        {
            await network.CreateAsync(cancellation);
        }

        // Before the variables: what changes there tells nginx to read the file.
        await new CertificateVolume(context, plan.Node).WriteAsync(cancellation);
        var secrets = new DeploymentSecrets(context);
        var retry = new NomadRetry(context);
        await retry.DoBrieflyAsync(() => WriteSecretsAsync(secrets, context, cancellation), cancellation);

        // From here on the indexes move by what is done here.
        shown.Forget();
        var deadlines = context.Answers.Deadlines;
        await RegisterAsync(plan.Jobs[0], context, "deadlines.data", deadlines.Data, DataShare, cancellation);
        var application = await RunInitAsync(plan, context, cancellation);
        await retry.DoBrieflyAsync(() => secrets.TakenAsync(plan.Rotations, cancellation), cancellation);
        if (plan.Jobs[1].Changes)
        {
            new MailReport(context).Tell();
        }

        await RegisterAsync(
            application,
            context,
            "deadlines.application",
            deadlines.Application,
            ApplicationShare,
            cancellation
        );
    }

    // Init looks first: where the database stays as it is, the application serves on until it is replaced.
    private static async Task<PlannedJob> RunInitAsync(
        DeploymentPlan plan,
        StepContext context,
        CancellationToken cancellation
    )
    {
        var minutes = context.Answers.Deadlines.Init;
        var (init, application) = (plan.Jobs[1], plan.Jobs[2]);
        try
        {
            await RegisterAsync(init, context, "deadlines.init", minutes, InitShare, cancellation);
            return application;
        }
        catch (AllocationFailed e) when (e.TaskExitCode == InitJob.MustStop)
        {
            context.Report.Log(
                $"{init.Job.Id}: the database changes with this image; the application is stopped for that"
            );
        }
        catch (AllocationFailed)
        {
            TellStopped(context, init.Job, application);
            throw;
        }

        var stop = new ApplicationStop(context, application.Job);
        await stop.StopAsync(cancellation);
        var again = await PlanJobsAsync(context, await JobInputsAsync(context, cancellation), cancellation);
        try
        {
            await RegisterAsync(again[1], context, "deadlines.init", minutes, InitShare, cancellation);
        }
        catch (AllocationFailed e) when (e.TaskExitCode == InitJob.NothingChanged)
        {
            await stop.StartAgainAsync(cancellation);
            throw;
        }
        catch (AllocationFailed)
        {
            TellStopped(context, again[1].Job, application);
            throw;
        }

        return again[2];
    }

    // The first question after a failed migration: what do users see now?
    private static void TellStopped(StepContext context, Job init, PlannedJob application)
    {
        var wasThere = application.Plan.JobModifyIndex > 0;
        if (wasThere && init.Groups.Any(g => g.Meta.ContainsKey(InitJob.StoppedKey)))
        {
            context.Report.Log(
                $"{application.Job.Id} stays stopped, as its database may be half changed: users see the maintenance page "
                    + "until an install ends well; it goes on where this one ended",
                LogLevel.Warning
            );
        }
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
        var jobs = BuildJobs(context, await JobInputsAsync(context, cancellation));
        return [.. Files(context, jobs)];
    }

    /// <summary>What the plan of a job means for its outputs.</summary>
    internal static DeploymentOutputs OutputsOf(NomadNode node, IReadOnlyList<PlannedJob> jobs) =>
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

    /// <summary>What the jobs are made of beside the answers, as it is now.</summary>
    internal static async Task<JobInputs> JobInputsAsync(StepContext context, CancellationToken cancellation)
    {
        var nomad = context.World.Nomad;
        var node = await nomad.ResolveNodeAsync(context.Answers.Nomad.Node, cancellation);
        var existing = new ExistingJobs(context);
        var inputs = new JobInputs
        {
            Node = node,
            Cluster = IsCluster(context)
                ? new ClusterNodes(
                    context.Answers,
                    node,
                    await nomad.ResolveClusterAsync(node, context.Answers.Cluster.Nodes, cancellation)
                ).Place()
                : null,
            Namespace = nomad.Namespace,
            Image = context.Earlier<ImageOutputs>().Reference,
            FrontendImage = FrontendImage(context),
            Apps = ["erpnext", .. context.Earlier<AppsOutputs>().Lock.Apps.Select(a => a.Name)],
            Trusted = IsTrusted(context),
            Runs = await existing.RunsAsync(cancellation),
            Rotations = await new DeploymentSecrets(context).RotationsAsync(cancellation),
            MailPasswordVersion = await new MailSecret(context).VersionAsync(cancellation),
        };
        var inMillicores = BuildJobs(context, inputs with { MhzPerCore = CoreRate.Millicores });
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

    private static async Task<IReadOnlyList<PlannedJob>> PlanJobsAsync(
        StepContext context,
        JobInputs inputs,
        CancellationToken cancellation
    )
    {
        var jobs = BuildJobs(context, inputs);
        await new DeploymentVolumes(context).RefuseStrangersAsync(jobs, cancellation);
        var planned = new List<PlannedJob>();
        foreach (var job in jobs)
        {
            planned.Add(await PlanJobAsync(context, job, cancellation));
        }

        planned[^1] = await BackendCanary.WhereItFitsAsync(planned[^1], canaries =>
            PlanJobAsync(context, BuildJobs(context, inputs with { BackendCanaries = canaries })[^1], cancellation)
        );
        return planned;
    }

    private static async Task<PlannedJob> PlanJobAsync(StepContext context, Job job, CancellationToken cancellation)
    {
        var json = JobJson.Render(job);
        await context.World.Nomad.ValidateAsync(json, cancellation);
        return new PlannedJob(job, json, await context.World.Nomad.PlanAsync(json, cancellation));
    }

    private static IReadOnlyList<Job> BuildJobs(StepContext context, JobInputs inputs) =>
        ErpNextJobs.Build(context.Settings, inputs, context.Assets);

    // The operator's own image may be made of anything: its nginx is the only one that is sure to fit.
    private static string FrontendImage(StepContext context) =>
        context.Answers.Image.Source == ImageSource.Existing
            ? context.Earlier<ImageOutputs>().Reference
            : context.Earlier<AppsOutputs>().Lock.RuntimeByDigest();

    private static bool IsTrusted(StepContext context) => context.FindEarlier<CertificateOutputs>()?.Trusted == true;

    // What was written before the answer was lost is found there by the next try.
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

    private static async Task RegisterAsync(
        PlannedJob planned,
        StepContext context,
        string deadlineKey,
        int minutes,
        (double From, double To) share,
        CancellationToken cancellation
    )
    {
        if (!planned.Changes && await new DeploymentProbe(context).IsWellAsync(planned, cancellation))
        {
            return;
        }

        context.Report.Progress($"{planned.Job.Id}: registering");
        await new JobFollower(context, planned.Job, deadlineKey, minutes) { Share = share }.RegisterAndFollowAsync(
            planned,
            cancellation
        );
    }

    private static IEnumerable<GeneratedFile> Files(StepContext context, IEnumerable<Job> jobs)
    {
        foreach (var job in jobs)
        {
            yield return new GeneratedFile($"deployment/{job.Id}.nomad.hcl", JobHcl.Render(job));
            yield return new GeneratedFile($"deployment/{job.Id}.nomad.json", JobJson.Text(job));
        }

        yield return new GeneratedFile(
            "deployment/nginx.conf",
            NginxConfiguration.Render(context.Assets, context.Answers, IsTrusted(context))
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
