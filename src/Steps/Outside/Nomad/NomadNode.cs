using System.Globalization;

namespace ErpInstaller.Outside.Nomad;

/// <summary>A client node: <c>GET /v1/node/:id</c>.</summary>
public sealed record NomadNode
{
    // Tolerance for rounding errors of a product of fractions.
    private const double Inexact = 1e-6;

    // Jobs that are planned nevertheless name MHz that Nomad accepts.
    private const double UnknownMhz = 1000;

    public string ID { get; init; } = "";

    public string Name { get; init; } = "";

    public string Datacenter { get; init; } = "";

    public string NodePool { get; init; } = "default";

    public string Status { get; init; } = "";

    public string SchedulingEligibility { get; init; } = "";

    public bool Drain { get; init; }

    public string HTTPAddr { get; init; } = "";

    /// <summary>Fingerprinted facts, by names like <c>cpu.numcores</c>.</summary>
    public Dictionary<string, string> Attributes { get; init; } = [];

    /// <summary>Task drivers by name.</summary>
    public Dictionary<string, NomadDriver> Drivers { get; init; } = [];

    /// <summary>Host volumes by name.</summary>
    public Dictionary<string, NomadHostVolume>? HostVolumes { get; init; }

    public NomadNodeResources NodeResources { get; init; } = new();

    public NomadReservedResources? ReservedResources { get; init; }

    /// <summary>The address that static ports are published on (client/fingerprint/network.go).</summary>
    public string? Address => Attributes.GetValueOrDefault("unique.network.ip-address");

    /// <summary>The machine's host name.</summary>
    public string? HostName => Attributes.GetValueOrDefault("unique.hostname");

    /// <summary>The client's docker plugin allows volumes; the attribute exists only when it does.</summary>
    public bool VolumesEnabled => Attributes.GetValueOrDefault("driver.docker.volumes.enabled") is "true" or "1";

    /// <summary>
    /// Millicores as this node's MHz: <c>ceil(m/1000 × cpu.totalcompute / cpu.numcores)</c>. Never
    /// <c>cpu.frequency</c>, which belongs to one core and is not what Nomad schedules by.
    /// </summary>
    /// <param name="millicores">Thousandths of a core.</param>
    public int ToMhz(int millicores) => ToMhz(millicores, MhzPerCore);

    /// <summary>Millicores as MHz of a core that has <paramref name="mhzPerCore"/>: rounded up.</summary>
    public static int ToMhz(int millicores, double mhzPerCore) =>
        (int)Math.Ceiling((millicores / 1000.0 * mhzPerCore) - Inexact);

    /// <summary>The MHz that Nomad counts for one of its cores; 1000 if it found none.</summary>
    public double MhzPerCore => KnowsSpeed ? Number("cpu.totalcompute") / Number("cpu.numcores") : UnknownMhz;

    /// <summary>
    /// Nomad found the speed of the CPU. On some virtual machines, and on arm64 without dmidecode, it finds none: then
    /// <c>cpu.totalcompute</c> is 0 or missing.
    /// </summary>
    public bool KnowsSpeed => Number("cpu.totalcompute") > 0 && Number("cpu.numcores") > 0;

    /// <summary>The MHz that it has for jobs.</summary>
    public long Room => NodeResources.Cpu.CpuShares - (ReservedResources?.Cpu?.CpuShares ?? 0);

    /// <summary>MHz as this node's cores.</summary>
    public double ToCores(long mhz) => (double)mhz / ToMhz(1000);

    private double Number(string attribute) =>
        double.TryParse(
            Attributes.GetValueOrDefault(attribute),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var value
        )
            ? value
            : 0;
}

/// <summary>
/// A node in the list of <c>GET /v1/nodes?resources=true</c>. Only <see cref="NomadNode"/> has attributes.
/// </summary>
public sealed record NomadNodeRow
{
    public string ID { get; init; } = "";

    public string Name { get; init; } = "";

    public string Address { get; init; } = "";

    public string Datacenter { get; init; } = "";

    public string NodePool { get; init; } = "default";

    public string Status { get; init; } = "";

    public string SchedulingEligibility { get; init; } = "";

    public bool Drain { get; init; }

    public string Version { get; init; } = "";
}

/// <summary>What a node has: MHz, MiB.</summary>
public sealed record NomadNodeResources
{
    public NomadCpu Cpu { get; init; } = new();

    public NomadMemory Memory { get; init; } = new();
}

/// <summary>CPU in MHz.</summary>
public sealed record NomadCpu
{
    public long CpuShares { get; init; }

    public int TotalCpuCores { get; init; }
}

/// <summary>Memory in MiB.</summary>
public sealed record NomadMemory
{
    public long MemoryMB { get; init; }

    /// <summary>Of a task: the limit, if it may use more than is reserved for it; else 0.</summary>
    public long MemoryMaxMB { get; init; }
}

/// <summary>What a node keeps for itself: MHz, MiB.</summary>
public sealed record NomadReservedResources
{
    public NomadCpu? Cpu { get; init; }

    public NomadMemory? Memory { get; init; }
}

/// <summary>A task driver of a node.</summary>
public sealed record NomadDriver
{
    public bool Detected { get; init; }

    public bool Healthy { get; init; }

    public string HealthDescription { get; init; } = "";
}

/// <summary>A host volume that a client offers.</summary>
public sealed record NomadHostVolume
{
    /// <summary>The directory on the node.</summary>
    public string Path { get; init; } = "";

    public bool ReadOnly { get; init; }
}
