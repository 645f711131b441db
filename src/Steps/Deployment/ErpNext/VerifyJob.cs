using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// The job that checks the site from inside for some seconds: one container of the image, placed like the others. A
/// separate job needs no more capabilities than the others; running a command in a container would need alloc-exec.
/// </summary>
internal sealed class VerifyJob(StepSettings settings, JobInputs inputs, AssetSource assets)
{
    /// <summary>Its one group.</summary>
    public const string Group = "look";

    /// <summary>Its one task.</summary>
    public const string Task = "verify";

    /// <summary>The script that it runs, an asset.</summary>
    public const string Script = "deployment/verify.py";

    // Frappe takes 150 MB, the maker of PDFs 100.
    private const int Memory = 512;
    private const int Millicores = 250;

    private readonly Topology _topology = Topology.Of(settings, inputs);

    public Job Build()
    {
        var id = new JobIds(settings.Answers.Nomad.Job).Verify;
        var group = new JobGroup
        {
            Name = Group,
            Restarts = false,
            Tasks = [Look()],
        };
        return ErpNextJobs.NewJob(id, inputs, _topology, [_topology.Bench(group, id, TemplateChange.Nothing)]) with
        {
            IsBatch = true,
        };
    }

    private JobTask Look() =>
        new()
        {
            Name = Task,
            Image = inputs.Image,
            Command = $"{BenchPaths.Directory}/env/bin/python",
            Args = ["/local/verify.py"],
            Env = new Dictionary<string, string>
            {
                ["SITE"] = settings.Answers.Site.Name,
                ["APPS"] = string.Join(' ', inputs.Apps),
                ["HOST_NAME"] = SiteAddress.Of(settings.Answers),
            },
            Templates = [new JobTemplate(assets.Read(Script), "local/verify.py", "0444", BenchPaths.User)],
            Mhz = inputs.Node.ToMhz(Millicores),
            Memory = Memory,
        };
}
