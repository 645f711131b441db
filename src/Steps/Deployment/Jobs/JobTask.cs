namespace ErpInstaller.Deployment.Jobs;

/// <summary>A container.</summary>
public sealed record JobTask
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    /// <summary>Null: the image's own.</summary>
    public string? Command { get; init; }

    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>The user that it runs as; null: the image's own.</summary>
    public string? User { get; init; }

    /// <summary>Runs to its end before the group's main task starts.</summary>
    public bool Prestart { get; init; }

    /// <summary>The user-defined Docker network; null for the engine's own bridge, which has no names.</summary>
    public string? Network { get; init; }

    /// <summary>Names by which other containers of the network find it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Labels of the group's ports that it serves.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Entries of /etc/hosts, <c>name:address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>Options of the container's resolv.conf.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    public IReadOnlyList<JobMount> Mounts { get; init; } = [];

    /// <summary>Host volumes of its group.</summary>
    public IReadOnlyList<JobVolumeMount> VolumeMounts { get; init; } = [];

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<JobTemplate> Templates { get; init; } = [];

    /// <summary>
    /// How long it continues to serve after Nomad decided to stop it, before it gets the signal to end.
    /// </summary>
    public TimeSpan ShutdownDelay { get; init; }

    /// <summary>CPU in MHz of the node.</summary>
    public required int Mhz { get; init; }

    /// <summary>Memory in MiB: a hard limit.</summary>
    public required int Memory { get; init; }
}

/// <summary>A file rendered into the allocation.</summary>
/// <param name="Text">Its content; <c>{{ }}</c> is consul-template's.</param>
/// <param name="Destination">Below <c>local/</c>, or <c>secrets/</c> (memory of 1 MB).</param>
/// <param name="Mode">Octal, for example <c>0400</c>.</param>
/// <param name="Owner">uid and gid in the container.</param>
/// <param name="OnChange">What a change of its content does to the task.</param>
public sealed record JobTemplate(
    string Text,
    string Destination,
    string Mode,
    int Owner,
    TemplateChange OnChange = TemplateChange.Nothing
)
{
    /// <summary>Its lines <c>NAME=value</c> are the task's environment.</summary>
    public bool IsEnvironment { get; init; }
}

/// <summary>What happens to the task when a template's content changes while it runs.</summary>
public enum TemplateChange
{
    /// <summary>Nothing: it is read once, at the start.</summary>
    Nothing,

    /// <summary>It gets SIGHUP and reads the file again.</summary>
    Reload,

    /// <summary>It is restarted: it reads the file at its start only, and must not continue with the old one.</summary>
    Restart,
}

/// <summary>
/// A mount of a container. A named volume needs a <c>mount</c> block of the docker driver: Nomad has no <c>volume
/// "docker"</c>, and <c>volumes = ["name:/path"]</c> is a directory of the allocation, which is lost with it.
/// </summary>
/// <param name="Volume">The volume's name; null for memory (tmpfs), for image volumes whose content is not
/// needed.</param>
/// <param name="Target">Absolute path in the container.</param>
public sealed record JobMount(string? Volume, string Target)
{
    /// <summary>
    /// Options of Docker's driver <c>local</c> for a volume on another machine; empty: a volume on the engine's own
    /// disk.
    /// </summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The task cannot write into it.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary><see cref="Volume"/> is the path of a directory of the node, not the name of a volume.</summary>
    public bool IsDirectory => Volume?.StartsWith('/') == true;
}

/// <summary>Where a task mounts a host volume of its group.</summary>
/// <param name="Volume">The <see cref="JobVolume"/>'s name.</param>
/// <param name="Destination">Absolute path in the container.</param>
/// <param name="ReadOnly">The task cannot write into it.</param>
public sealed record JobVolumeMount(string Volume, string Destination, bool ReadOnly = false);
