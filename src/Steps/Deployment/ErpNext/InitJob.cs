using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// The job that runs once: the configurator writes the bench's configuration, create-site makes the site and installs the
/// apps. A batch job, because a finished main task would make a service unhealthy; both scripts can run again at any time.
/// </summary>
internal sealed class InitJob(StepSettings settings, JobInputs inputs, AssetSource assets)
{
    /// <summary>The task that makes the site.</summary>
    public const string SiteTask = "create-site";

    /// <summary>Its one group.</summary>
    public const string Group = "site";

    /// <summary>In the group's meta: the revision for which the application was stopped, so that the database may change.</summary>
    public const string StoppedKey = "application_stopped";

    /// <summary>
    /// Exit code of the configurator: the database must change, and the application uses it. EX_TEMPFAIL of sysexits.h.
    /// </summary>
    public const int MustStop = 75;

    /// <summary>Exit code of create-site: it failed before it changed anything of a site that was served. EX_IOERR of sysexits.h.</summary>
    public const int NothingChanged = 74;

    private readonly string _job = settings.Answers.Nomad.Job;
    private readonly Topology _topology = Topology.Of(settings, inputs);

    public Job Build()
    {
        var id = $"{_job}-init";
        var site = new JobGroup
        {
            Name = Group,
            Restarts = false,

            Meta = Meta(),
            Tasks = [Configurator(), CreateSite()],
        };

        // What runs once is not restarted because a service moves: it fails, and can be run again.
        return ErpNextJobs.NewJob(id, "batch", inputs, _topology, [_topology.Bench(site, id, TemplateChange.Nothing)]);
    }

    // Any change here runs the job again.
    private Dictionary<string, string> Meta()
    {
        var meta = inputs
            .Rotations.ByItem.Select(r => KeyValuePair.Create(VariablePaths.Rotated(r.Key), r.Value))
            .Concat(MailVersion())
            .ToDictionary();
        if (inputs.IsApplicationStopped)
        {
            meta[StoppedKey] = inputs.Revision;
        }

        return meta;
    }

    private JobTask Configurator() => Script("configurator", []) with { Prestart = true };

    private JobTask CreateSite()
    {
        List<JobTemplate> secrets = [Secret(VariablePaths.RootPassword), Secret(VariablePaths.AdminPassword)];
        if (inputs.Rotations.RootPassword is not null)
        {
            secrets.Add(Secret(VariablePaths.RootPasswordBefore));
        }

        if (settings.Answers.Mail.Password is not null)
        {
            secrets.Add(Secret(VariablePaths.MailPassword));
        }

        var task = WithMail(Script(SiteTask, secrets));
        return inputs.Rotations.AdminPassword is not { } rotation
            ? task
            : task with
            {
                Env = new Dictionary<string, string>(task.Env) { ["ADMIN_PASSWORD_ROTATION"] = rotation },
            };
    }

    private IEnumerable<KeyValuePair<string, string>> MailVersion() =>
        inputs.MailPasswordVersion == 0
            ? []
            : [new(VariablePaths.MailPassword, FormattableString.Invariant($"{inputs.MailPasswordVersion}"))];

    private JobTask WithMail(JobTask task) =>
        !MailSettings.IsWanted(settings.Answers)
            ? task
            : task with
            {
                Env = task.Env.Concat(MailSettings.Environment(settings.Answers)).ToDictionary(),
                Templates = [.. task.Templates, Asset("mail.py")],
            };

    private JobTemplate Secret(string item) =>
        ErpNextJobs.Secret(VariablePaths.Init(_job), item, item, BenchPaths.User);

    private JobTemplate Asset(string file) =>
        new(assets.Read($"deployment/{file}"), $"local/{file}", "0500", BenchPaths.User);

    private JobTask Script(string name, IReadOnlyList<JobTemplate> secrets)
    {
        ContainerResources resources = settings.Answers.Resources.Init;
        return new JobTask
        {
            Name = name,
            Image = inputs.Image,
            Command = "bash",
            Args = [$"/local/{name}.sh"],
            Env = new Dictionary<string, string>
            {
                ["SITE"] = settings.Answers.Site.Name,
                ["APPS"] = string.Join(' ', inputs.Apps),
                ["HOST_NAME"] = SiteAddress.Of(settings.Answers),
                ["REVISION"] = inputs.Revision,
            },
            Templates = [Asset($"{name}.sh"), Asset("image.py"), .. secrets],
            Mhz = inputs.ToMhz(resources.Cpu),
            Memory = resources.Memory,
        };
    }
}
