using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>How much room a directory needs.</summary>
/// <param name="Bytes">Passes from here.</param>
/// <param name="Least">Warns from here.</param>
/// <param name="First">Needed before the installation put there what takes most of it; null: it did not yet.</param>
internal sealed record DiskNeed(long Bytes, long Least, long? First = null)
{
    // Database, files, their backups and logs; the images that are pulled, and the one that is built of them. With the
    // guide's eight apps these are its 50 GB.
    private const long Data = 30 * Amounts.GB;
    private const long Images = 7 * Amounts.GB;
    private const long Between = 5 * Amounts.GB;

    /// <summary>The need of a purpose, by the apps that the answers choose.</summary>
    /// <param name="again">The check passed before for this installation: its images and data are what took the room since.</param>
    /// <param name="apart">Images are on another file system than Docker's other data.</param>
    public static DiskNeed Of(DiskPurpose purpose, AnswerFile answers, bool again, bool apart = false) =>
        purpose switch
        {
            DiskPurpose.Docker => Whole(Data + (apart ? 0 : OfImages(answers)), again ? 20 * Amounts.GB : null),
            DiskPurpose.Images => Whole(OfImages(answers), again ? 10 * Amounts.GB : null),
            DiskPurpose.Nomad => new(5 * Amounts.GB, 4 * Amounts.GB),
            _ => new(2 * Amounts.GB, 1 * Amounts.GB),
        };

    /// <summary>Judges what is free.</summary>
    public VerdictKind Judge(long freeBytes) =>
        freeBytes >= Bytes ? VerdictKind.Pass
        : freeBytes >= Least ? VerdictKind.Warn
        : VerdictKind.Fail;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Bytes / Amounts.GB} GB free (from {Least / Amounts.GB} with a warning"
        + (First is { } first ? $"; the first check found the {first / Amounts.GB})" : ")");

    private static DiskNeed Whole(long need, long? later)
    {
        var whole = (need + Amounts.GB - 1) / Amounts.GB * Amounts.GB;
        return later is { } again ? new(again, again / 2, whole) : new(whole, whole - Between);
    }

    private static long OfImages(AnswerFile answers) =>
        Images + (answers.Image.Source == ImageSource.Build ? BuildNeed.Of(answers).DiskBytes : 0);
}
