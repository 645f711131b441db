using System.Security.Cryptography;
using System.Text;
using ErpInstaller.Answers;
using ErpInstaller.Deployment.Cluster;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The inputs of the jobs beside the answers.</summary>
internal sealed record JobInputs
{
    /// <summary>
    /// The node that runs everything; in a cluster, the entry node. CPU is converted by its MHz per core.
    /// </summary>
    public required NomadNode Node { get; init; }

    /// <summary>The nodes of a cluster; null: a single node.</summary>
    public ClusterPlace? Cluster { get; init; }

    /// <summary>The names of all nodes, for people.</summary>
    public string Names => Cluster is null ? Node.Name : ClusterNodes.Names(Cluster.Nodes);

    /// <summary>Namespace of the jobs.</summary>
    public required string Namespace { get; init; }

    /// <summary>Reference of the image with all apps, for Nomad.</summary>
    public required string Image { get; init; }

    /// <summary>
    /// Reference of the frontend's image: the release's own if the image is built on it. It changes with the release
    /// only, so an update of an app does not replace the container that publishes the ports.
    /// </summary>
    public required string FrontendImage { get; init; }

    /// <summary>The apps to install into the site, in order, ERPNext first.</summary>
    public required IReadOnlyList<string> Apps { get; init; }

    /// <summary>
    /// Whether the site's certificate is trusted by default. Then HSTS is sent; otherwise containers that call the site
    /// get the certificate, to trust it.
    /// </summary>
    public required bool Trusted { get; init; }

    /// <summary>
    /// "job/group" → the number of its run, if that is more than 1. Nomad does not run a failed group again with the
    /// same specification: a batch group that ended, or a service whose deployment failed.
    /// </summary>
    public IReadOnlyDictionary<string, int> Runs { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// Rises with each new password at the mail server, so that the init job runs again; 0: there is none.
    /// </summary>
    public int MailPasswordVersion { get; init; }

    /// <summary>
    /// No container uses the database: the init job may change it. On a first installation, and after the application
    /// was stopped for this revision.
    /// </summary>
    public bool IsApplicationStopped { get; init; }

    /// <summary>
    /// Names the image with the apps that the site has: the first 12 hex digits of a SHA-256. It names the assets in
    /// the sites volume and selects the database of the cache.
    /// </summary>
    public string Revision =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Image}\n{string.Join(' ', Apps)}")))[..12];

    /// <summary>
    /// Backends of a new version that start beside the old ones: 1 if a node has room for one more, otherwise 0. While
    /// no backend is replaced: the number in the registered job.
    /// </summary>
    public int BackendCanaries { get; init; } = BackendCanary.Wanted;

    /// <summary>Rotated passwords, which the init job sets in site and database.</summary>
    public Rotations Rotations { get; init; } = new();

    /// <summary>
    /// MHz per core that registered jobs were made with; null: the node's own. See <see cref="CoreRate"/>.
    /// </summary>
    public double? MhzPerCore { get; init; }

    /// <summary>Converts millicores of the answers into Nomad's MHz.</summary>
    public int ToMhz(int millicores) => NomadNode.ToMhz(millicores, MhzPerCore ?? Node.MhzPerCore);

    /// <summary>A container of a group, with the group's command and size.</summary>
    internal JobTask Container(ContainerGroup group, string task, string image, AnswerFile answers)
    {
        var size = group.SizeIn(answers);
        return new JobTask
        {
            Name = task,
            Image = image,
            Command = group.Command is [var program, ..] ? program : null,
            Args = [.. group.Command.Skip(1)],
            Mhz = ToMhz(size.Cpu),
            Memory = size.Memory,
        };
    }
}
