namespace ErpInstaller.Releases;

/// <summary>
/// An <c>[apps.NAME.build]</c> table of a release: the measured times of the app's build, in seconds on two
/// cores and a fast line, or the figures of similar apps if it was not measured. Estimates start from them: hosts are
/// faster or slower, but the proportions between apps stay.
/// </summary>
public sealed record ReleaseBuild
{
    /// <summary>Seconds to install the Python part; 0: unknown.</summary>
    public double Install { get; init; }

    /// <summary>Seconds to install the packages of the front end; 0: unknown.</summary>
    public double Packages { get; init; }

    /// <summary>Seconds to build the front end; 0: unknown.</summary>
    public double FrontEnd { get; init; }

    /// <summary>Peak memory during the build of the front end, in MiB.</summary>
    public int MemoryMib { get; init; } = DefaultMemoryMib;

    /// <summary>Estimated disk space for its layers, packages and build cache, in MB.</summary>
    public int DiskMb { get; init; } = DefaultDiskMb;

    /// <summary>Default for an app without a measurement: the largest measured value.</summary>
    public const int DefaultDiskMb = 2000;

    /// <summary>
    /// Default for an app without a measurement: Node.js's heap limit of 3072 MiB and its other memory.
    /// </summary>
    public const int DefaultMemoryMib = 3300;
}
