namespace ErpInstaller.Answers;

/// <summary>What the operator chose: the content of <c>installer.toml</c>. Absent keys have their defaults.</summary>
public sealed record AnswerFile
{
    /// <summary>The version of the file's format; this installer reads <c>1</c>.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Failed host checks to live with.</summary>
    public HostAnswers Host { get; init; } = new();

    /// <summary>Which ERPNext.</summary>
    public ErpNextAnswers Erpnext { get; init; } = new();

    /// <summary>Which apps beside Frappe and ERPNext.</summary>
    public AppsAnswers Apps { get; init; } = new();

    /// <summary>The site: its name, its administrator, its ports.</summary>
    public SiteAnswers Site { get; init; } = new();

    /// <summary>Through which server the site sends mail.</summary>
    public MailAnswers Mail { get; init; } = new();

    /// <summary>Where the site's certificate comes from.</summary>
    public CertificateAnswers Certificate { get; init; } = new();

    /// <summary>Where the Docker image comes from and where it goes.</summary>
    public ImageAnswers Image { get; init; } = new();

    /// <summary>Which Nomad runs it, and how to reach it.</summary>
    public NomadAnswers Nomad { get; init; } = new();

    /// <summary>For a cluster: which nodes, and where what must last is kept.</summary>
    public ClusterAnswers Cluster { get; init; } = new();

    /// <summary>How many containers of the groups that scale.</summary>
    public ScaleAnswers Scale { get; init; } = new();

    /// <summary>CPU and memory of each container; the defaults are the architecture guide's table.</summary>
    public ResourcesAnswers Resources { get; init; } = new();

    /// <summary>How long each wait may last.</summary>
    public DeadlineAnswers Deadlines { get; init; } = new();
}
