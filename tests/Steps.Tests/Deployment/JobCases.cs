using System.Text.Json;
using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Deployment.Cluster;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Releases;
using ErpInstaller.Run;

namespace ErpInstaller.Tests.Deployment;

/// <summary>Answers whose jobs are kept as golden files in <c>tests/cases/jobs</c>.</summary>
internal static class JobCases
{
    /// <summary>The sample's answers in short.</summary>
    public static readonly AnswerFile Default = new() { Site = new SiteAnswers { Name = "erp.example.com" } };

    /// <summary>The same on more than one node.</summary>
    public static readonly AnswerFile Cluster = Default with
    {
        Image = new ImageAnswers { Registry = "registry.example.com" },
        Nomad = new NomadAnswers { Topology = NomadTopology.Cluster, Node = "rehearsal" },
    };

    /// <summary>Case name → answers.</summary>
    public static readonly IReadOnlyDictionary<string, AnswerFile> All = new Dictionary<string, AnswerFile>
    {
        ["default"] = Default,
        ["scaled"] = Default with
        {
            Scale = new ScaleAnswers
            {
                Backend = 2,
                QueueShort = 3,
                QueueLong = 2,
            },
            Resources = new ResourcesAnswers
            {
                Backend = new ContainerResources { Cpu = 1500, Memory = 3000 },
            },
            Site = new SiteAnswers
            {
                Name = "erp.example.com",
                HttpPort = 8080,
                HttpsPort = 8443,
            },
            Nomad = new NomadAnswers { Job = "erp-two" },
        },
        ["cluster-nfs"] = Cluster with
        {
            Cluster = new ClusterAnswers
            {
                Nodes = ["rehearsal", "node-b"],
                DataNode = "node-b",
                SitesNfs = "nfs.example.com:/srv/erpnext",
            },
            Scale = new ScaleAnswers { Backend = 2 },
        },
        ["cluster-host-volumes"] = Cluster with
        {
            Cluster = new ClusterAnswers
            {
                Nodes = ["rehearsal", "node-b"],
                DatabaseVolume = "erpnext-db",
                RedisQueueVolume = "erpnext-queue",
                SitesVolume = "erpnext-sites",
            },
            Certificate = new CertificateAnswers { Mode = CertificateMode.LetsEncrypt, Resolver = "le" },
        },
        ["host-volume"] = Default with
        {
            Certificate = new CertificateAnswers { Delivery = CertificateDelivery.HostVolume },
        },
        ["mail"] = Default with
        {
            Mail = new MailAnswers
            {
                Server = "smtp.example.com",
                User = "erp",
                Password = new SecretSource { Env = "MAIL_PASSWORD" },
                Sender = "Example ERP <erp@example.com>",
                TestTo = "admin@example.com",
            },
        },
        ["behind-a-proxy"] = Default with
        {
            Certificate = new CertificateAnswers { Mode = CertificateMode.None },
            Site = new SiteAnswers
            {
                Name = "erp.example.com",
                HttpPort = 8080,
                TrustedProxies = ["192.0.2.10", "2001:db8::/64"],
            },
        },
        ["cluster-behind-a-proxy"] = Cluster with
        {
            Cluster = new ClusterAnswers { DataNode = "node-b", SitesNfs = "nfs.example.com:/srv/erpnext" },
            Certificate = new CertificateAnswers { Mode = CertificateMode.None },
            Site = new SiteAnswers
            {
                Name = "erp.example.com",
                HttpPort = 8080,
                TrustedProxies = ["192.0.2.10"],
            },
        },
        ["lets-encrypt"] = Default with
        {
            Certificate = new CertificateAnswers { Mode = CertificateMode.LetsEncrypt, Resolver = "le" },
        },
    };

    /// <summary>The node of the recordings with 8 cores of 2,600 MHz.</summary>
    public static NomadNode Node { get; } =
        JsonSerializer.Deserialize<NomadNode>(new AssetSource().Read("rehearsal/nomad/node.json"))! with
        {
            HostVolumes = new() { ["erpnext-sites"] = new() },
        };

    /// <summary>A second one, which has the host volumes of the data.</summary>
    public static NomadNode NodeB { get; } =
        Node with
        {
            ID = "0d1e8d5c-7a26-4a52-9b4e-5f6f7f0c2a11",
            Name = "node-b",
            HostVolumes = new()
            {
                ["erpnext-db"] = new(),
                ["erpnext-queue"] = new(),
                ["erpnext-sites"] = new(),
            },
        };

    /// <summary>The three jobs of some answers.</summary>
    public static JobSet<Job> Build(
        AnswerFile answers,
        string image = "erpnext-full:v15.75.1-0a1b2c3d4e5f",
        Release? release = null,
        AssetSource? assets = null,
        bool? trusted = null,
        NomadNode? node = null
    ) =>
        ErpNextJobs.Build(
            SettingsOf(answers, release),
            InputsOf(answers, image, trusted, node),
            assets ?? new AssetSource()
        );

    /// <summary>The answers with their release.</summary>
    public static StepSettings SettingsOf(AnswerFile answers, Release? release = null) =>
        new(answers, release ?? new ReleaseCatalog(new AssetSource()).Load(answers.Erpnext.Release));

    /// <summary>The inputs of the jobs beside the answers.</summary>
    public static JobInputs InputsOf(
        AnswerFile answers,
        string image = "erpnext-full:v15.75.1-0a1b2c3d4e5f",
        bool? trusted = null,
        NomadNode? node = null
    ) =>
        new()
        {
            Node = node ?? Node,
            Cluster =
                answers.Nomad.Topology == NomadTopology.Single
                    ? null
                    : new ClusterNodes(answers, Node, [Node, NodeB]).Place(),
            Namespace = "default",
            Image = image,
            FrontendImage = "frappe/erpnext:v15.75.1",
            Apps = ["erpnext", "hrms", "crm"],
            MailPasswordVersion = answers.Mail.Password is null ? 0 : 1,
            Trusted = trusted ?? answers.Certificate.Mode == CertificateMode.LetsEncrypt,
        };
}
