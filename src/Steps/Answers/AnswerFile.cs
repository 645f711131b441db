namespace ErpInstaller.Answers;

/// <summary>The choices of the operator: the content of <c>installer.toml</c>. An absent key has its default.</summary>
public sealed record AnswerFile
{
    /// <summary>The version of the file's format; this installer reads <c>1</c>.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Failed host checks that the operator accepts.</summary>
    public HostAnswers Host { get; init; } = new();

    /// <summary>The release of ERPNext.</summary>
    public ErpNextAnswers Erpnext { get; init; } = new();

    /// <summary>The apps on top of Frappe and ERPNext.</summary>
    public AppsAnswers Apps { get; init; } = new();

    /// <summary>The site: its name, its administrator, its ports.</summary>
    public SiteAnswers Site { get; init; } = new();

    /// <summary>The server of outgoing mail.</summary>
    public MailAnswers Mail { get; init; } = new();

    /// <summary>Where the site's certificate comes from.</summary>
    public CertificateAnswers Certificate { get; init; } = new();

    /// <summary>Where the Docker image comes from and where it goes.</summary>
    public ImageAnswers Image { get; init; } = new();

    /// <summary>The Nomad that runs the site, and how to reach it.</summary>
    public NomadAnswers Nomad { get; init; } = new();

    /// <summary>The nodes of a cluster, and the places of persistent data.</summary>
    public ClusterAnswers Cluster { get; init; } = new();

    /// <summary>The number of containers in each group that scales.</summary>
    public ScaleAnswers Scale { get; init; } = new();

    /// <summary>CPU and memory of each container; the defaults are the architecture guide's table.</summary>
    public ResourcesAnswers Resources { get; init; } = new();

    /// <summary>Where backups go, and which stay.</summary>
    public BackupAnswers Backup { get; init; } = new();

    /// <summary>What protects the data while an update changes the database.</summary>
    public UpdateAnswers Update { get; init; } = new();

    /// <summary>How long each wait may last.</summary>
    public DeadlineAnswers Deadlines { get; init; } = new();
}

/// <summary>The <c>[host]</c> table.</summary>
public sealed record HostAnswers
{
    /// <summary>Host check id → the operator's reason to accept its failure.</summary>
    public Dictionary<string, string> Accept { get; init; } = [];
}

/// <summary>The <c>[deadlines]</c> table: how long each wait may last, in minutes.</summary>
public sealed record DeadlineAnswers
{
    /// <summary>Building (and pushing) the image.</summary>
    public int Image { get; init; } = 180;

    /// <summary>Until the data job's containers are healthy; includes pulling their images.</summary>
    public int Data { get; init; } = 20;

    /// <summary>Until the init job has created the site and installed the apps.</summary>
    public int Init { get; init; } = 60;

    /// <summary>Until the application job's containers are healthy.</summary>
    public int Application { get; init; } = 20;

    /// <summary>Until the workers have finished their jobs, before an update changes the database.</summary>
    public int Workers { get; init; } = 10;

    /// <summary>Until the site answers over HTTPS.</summary>
    public int Verification { get; init; } = 5;

    /// <summary>Until a backup is written, and until it is read back.</summary>
    public int Backup { get; init; } = 240;
}
