using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>The disk space that a directory needs.</summary>
/// <param name="Bytes">The check passes from here.</param>
/// <param name="Min">The check warns from here and fails below.</param>
/// <param name="First">The need of the first check, before the installation filled the disk; null: this is the first
/// check.</param>
internal sealed record DiskNeed(long Bytes, long Min, long? First = null)
{
    // The database, files, backups and logs; the pulled images and the built one. With the
    // guide's eight apps that makes its 50 GB.
    private const long Data = 30 * Amounts.GB;
    private const long Images = 7 * Amounts.GB;
    private const long Between = 5 * Amounts.GB;

    /// <summary>The need for a purpose, by the apps that the answers choose.</summary>
    /// <param name="again">The check passed before for this installation; its images and data have used the space
    /// since.</param>
    /// <param name="apart">Docker keeps images on another file system than its other data.</param>
    public static DiskNeed Of(DiskPurpose purpose, AnswerFile answers, bool again, bool apart = false) =>
        purpose switch
        {
            DiskPurpose.Docker => Whole(Data + (apart ? 0 : OfImages(answers)), again ? 20 * Amounts.GB : null),
            DiskPurpose.Images => Whole(OfImages(answers), again ? 10 * Amounts.GB : null),
            DiskPurpose.Nomad => new(5 * Amounts.GB, 4 * Amounts.GB),
            _ => new(2 * Amounts.GB, 1 * Amounts.GB),
        };

    /// <summary>Judges the free space.</summary>
    public VerdictKind Judge(long freeBytes) =>
        freeBytes >= Bytes ? VerdictKind.Pass
        : freeBytes >= Min ? VerdictKind.Warn
        : VerdictKind.Fail;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Bytes / Amounts.GB} GB free (from {Min / Amounts.GB} with a warning"
        + (First is { } first ? $"; the first check found the {first / Amounts.GB})" : ")");

    private static DiskNeed Whole(long need, long? later)
    {
        var whole = (need + Amounts.GB - 1) / Amounts.GB * Amounts.GB;
        return later is { } again ? new(again, again / 2, whole) : new(whole, whole - Between);
    }

    private static long OfImages(AnswerFile answers) =>
        Images + (answers.Image.Source == ImageSource.Build ? BuildNeed.Of(answers).DiskBytes : 0);
}
