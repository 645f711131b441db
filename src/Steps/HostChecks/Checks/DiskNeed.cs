namespace ErpInstaller.HostChecks;

/// <summary>How much room a directory needs.</summary>
/// <param name="Bytes">Passes from here.</param>
/// <param name="Least">Warns from here.</param>
/// <param name="Again">The installation has already put there what needs most of the room.</param>
internal sealed record DiskNeed(long Bytes, long Least, bool Again)
{
    /// <summary>The need of a purpose.</summary>
    /// <param name="again">The check passed before for this installation: its images and data are what took the room since.</param>
    public static DiskNeed Of(DiskPurpose purpose, bool again) => purpose switch
    {
        DiskPurpose.Docker when again => new(20 * Amounts.GB, 10 * Amounts.GB, Again: true),
        DiskPurpose.Docker => new(50 * Amounts.GB, 45 * Amounts.GB, Again: false),
        DiskPurpose.Images when again => new(10 * Amounts.GB, 5 * Amounts.GB, Again: true),
        DiskPurpose.Images => new(20 * Amounts.GB, 15 * Amounts.GB, Again: false),
        DiskPurpose.Nomad => new(5 * Amounts.GB, 4 * Amounts.GB, Again: false),
        _ => new(2 * Amounts.GB, 1 * Amounts.GB, Again: false),
    };

    /// <summary>Judges what is free.</summary>
    public VerdictKind Judge(long freeBytes) =>
        freeBytes >= Bytes ? VerdictKind.Pass : freeBytes >= Least ? VerdictKind.Warn : VerdictKind.Fail;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Bytes / Amounts.GB} GB free (from {Least / Amounts.GB} with a warning{(Again ? "; the first check found the 50" : "")})";
}
