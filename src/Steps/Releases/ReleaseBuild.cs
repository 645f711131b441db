namespace ErpInstaller.Releases;

/// <summary>
/// An <c>[apps.NAME.build]</c> table of a release: what building the app took where it was measured, in seconds on two
/// cores and a fast line; where nobody measured it, what apps of its kind took. An estimate starts from it. Hosts are
/// faster or slower, but the apps keep their proportions.
/// </summary>
public sealed record ReleaseBuild
{
    /// <summary>Installing the Python part; 0: not known.</summary>
    public double Install { get; init; }

    /// <summary>Installing the packages of the front end; 0: not known.</summary>
    public double Packages { get; init; }

    /// <summary>Building the front end; 0: not known.</summary>
    public double FrontEnd { get; init; }

    /// <summary>Peak memory while the front end is built, in MiB.</summary>
    public int MemoryMib { get; init; } = DefaultMemoryMib;

    /// <summary>Room that its layers, packages and build cache take on the builder's disk, about, in MB.</summary>
    public int DiskMb { get; init; } = DefaultDiskMb;

    /// <summary>For an app that nobody measured: what the largest that were take.</summary>
    public const int DefaultDiskMb = 2000;

    /// <summary>For an app that nobody measured: Node.js is held to 3072 MiB, its other memory comes on top.</summary>
    public const int DefaultMemoryMib = 3300;
}
