namespace ErpInstaller.Deployment.Jobs;

/// <summary>A container.</summary>
public sealed record JobTask
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    /// <summary>Null: the image's own.</summary>
    public string? Command { get; init; }

    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Runs to its end before the group's main task starts.</summary>
    public bool Prestart { get; init; }

    /// <summary>The user-defined Docker network; null: the engine's own bridge, where nobody has a name.</summary>
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

    /// <summary>How long it serves on after Nomad decided to stop it, before it is told to end.</summary>
    public TimeSpan ShutdownDelay { get; init; }

    /// <summary>CPU in MHz of the node.</summary>
    public required int Mhz { get; init; }

    /// <summary>Memory in MiB: a hard limit.</summary>
    public required int Memory { get; init; }
}
