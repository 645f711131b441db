using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// The job that prepares the site: the configurator writes the bench's configuration, create-site makes the site and
/// installs the apps. It is a batch job: a main task that ends would make a service unhealthy. Both scripts can run
/// again at any time.
/// </summary>
internal sealed class InitJob(StepSettings settings, JobInputs inputs, AssetSource assets)
{
    /// <summary>
    /// Key in the group's meta. Its value is the revision for which the application was stopped, so that the database
    /// may change.
    /// </summary>
    public const string StoppedKey = "application_stopped";

    /// <summary>
    /// Exit code of the configurator: the database must change, and the application uses it. EX_TEMPFAIL of sysexits.h.
    /// </summary>
    public const int MustStop = 75;

    /// <summary>
    /// Exit code of create-site: it failed before it changed anything of a site that was served. EX_IOERR of
    /// sysexits.h.
    /// </summary>
    public const int NothingChanged = 74;

    private readonly JobIds _ids = new(settings.Answers.Nomad.Job);
    private readonly Topology _topology = Topology.Of(settings, inputs);

    public Job Build()
    {
        var site = new JobGroup
        {
            Name = ContainerGroups.Init.Group,
            Restarts = false,
            Meta = Meta(),
            Tasks = [Configurator(), CreateSite()],
        };

        // The scripts are not restarted when a service moves: they fail and can be run again.
        var group = _topology.Bench(site, _ids.Init, TemplateChange.Nothing);
        return ErpNextJobs.NewJob(_ids.Init, inputs, _topology, [group]) with { IsBatch = true };
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

    private JobTask Configurator() => Script(ContainerGroups.ConfiguratorTask, []) with { Prestart = true };

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

        var task = WithMail(Script(ContainerGroups.CreateSiteTask, secrets));
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
        ErpNextJobs.Secret(VariablePaths.Init(_ids.Application), item, item, BenchPaths.User);

    private JobTemplate Asset(string file) =>
        new(assets.Read($"deployment/{file}"), $"local/{file}", "0500", BenchPaths.User);

    private JobTask Script(string name, IReadOnlyList<JobTemplate> secrets)
    {
        var task = inputs.Container(ContainerGroups.Init, name, inputs.Image, settings.Answers);
        return task with
        {
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
        };
    }
}
