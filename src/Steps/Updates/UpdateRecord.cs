using ErpInstaller.Core.Files;
using ErpInstaller.Core.Toml;
using Tomlyn;
using Tomlyn.Serialization;

namespace ErpInstaller.Updates;

/// <summary>
/// The file <c>update.toml</c> of the state directory: how far an update of the database is, what a way back needs, and
/// how long the site was closed in earlier ones.
/// </summary>
internal sealed record UpdateRecord
{
    /// <summary>Its name.</summary>
    public const string FileName = "update.toml";

    private const int TimesKept = 5;

    /// <summary>How far the update is; null: none is under way.</summary>
    [TomlPropertyName("phase")]
    public string? Phase { get; init; }

    /// <summary>Names the update's runs of the backup job.</summary>
    [TomlPropertyName("run")]
    public string Run { get; init; } = "";

    /// <summary>When the site was closed.</summary>
    [TomlPropertyName("began")]
    public DateTimeOffset Began { get; init; }

    /// <summary>The image that served the site.</summary>
    [TomlPropertyName("image")]
    public string Image { get; init; } = "";

    /// <summary>
    /// No application served the site: it was removed, and the data were kept. There is none to go back to, and
    /// <see cref="Image"/> is that of the update.
    /// </summary>
    [TomlPropertyName("unserved")]
    public bool IsUnserved { get; init; }

    /// <summary>The apps that the site had, ERPNext first.</summary>
    [TomlPropertyName("apps")]
    public List<string> Apps { get; init; } = [];

    /// <summary>The apps that are still to be taken out of the site, in this order.</summary>
    [TomlPropertyName("removing")]
    public List<string> Removing { get; init; } = [];

    /// <summary>The backup of the site as it was; null: there is none.</summary>
    [TomlPropertyName("snapshot")]
    public string? Snapshot { get; init; }

    /// <summary>The operator asked to go back.</summary>
    [TomlPropertyName("asked_for")]
    public bool IsAskedFor { get; init; }

    /// <summary>The backup of what the way back takes away; null: there is nothing to take away.</summary>
    [TomlPropertyName("safeguard")]
    public string? Safeguard { get; init; }

    /// <summary>
    /// The file with the specification of the application that comes back; null: that of the update that is under way.
    /// </summary>
    [TomlPropertyName("specification")]
    public string? Specification { get; init; }

    /// <summary>The error that the way back began with.</summary>
    [TomlPropertyName("failure")]
    public string? Failure { get; init; }

    /// <summary>The hint of that error.</summary>
    [TomlPropertyName("failure_hint")]
    public string? FailureHint { get; init; }

    /// <summary>What became of the last update, in a sentence.</summary>
    [TomlPropertyName("last")]
    public string? Last { get; init; }

    /// <summary>For how many seconds the site was closed in the last updates, the newest last.</summary>
    [TomlPropertyName("seconds")]
    public List<double> Seconds { get; init; } = [];

    /// <summary>What the last update replaced; null: there is nothing to go back to.</summary>
    [TomlPropertyName("previous")]
    public PreviousSite? Previous { get; init; }

    /// <summary>The run that rolled the last update back; null: none did.</summary>
    [TomlPropertyName("rolled_back")]
    public string? RolledBack { get; init; }

    /// <summary>The site is closed since its backup, so going back loses nothing.</summary>
    [TomlIgnore]
    public bool CanGoBack =>
        Snapshot is not null
        && !IsUnserved
        && Phase is UpdatePhase.Secured or UpdatePhase.GoingBack or UpdatePhase.Back;

    /// <summary>An update is under way.</summary>
    [TomlIgnore]
    public bool IsOpen => Phase is not null;

    /// <summary>Reads it; empty when there is none.</summary>
    /// <exception cref="FileUnreadable">It cannot be parsed.</exception>
    public static UpdateRecord Read(StateDirectory directory)
    {
        var path = directory.In(FileName);
        if (!File.Exists(path))
        {
            return new UpdateRecord();
        }

        try
        {
            var text = StateDirectoryUnusable.Trying(path, () => File.ReadAllText(path));
            return SafeToml.Read(text, UpdateToml.Default.UpdateRecord);
        }
        catch (TomlUnreadable e)
        {
            throw FileUnreadable.Toml(path, e);
        }
    }

    /// <summary>Writes the whole file, or changes nothing.</summary>
    public UpdateRecord Write(StateDirectory directory)
    {
        AtomicFile.Write(directory.In(FileName), TomlSerializer.Serialize(this, UpdateToml.Default.UpdateRecord));
        return this;
    }

    /// <summary>The record after the update ended.</summary>
    /// <param name="last">What became of it.</param>
    /// <param name="seconds">For how long the site was closed, if that foretells the next time.</param>
    public UpdateRecord Ended(string last, double? seconds = null) =>
        new()
        {
            Last = last,
            Seconds = [.. Seconds.Concat(seconds is { } s ? [s] : []).TakeLast(TimesKept)],
            Previous = Previous,
            RolledBack = RolledBack,
        };
}

/// <summary>What an update replaced.</summary>
internal sealed record PreviousSite
{
    /// <summary>The image that served the site.</summary>
    [TomlPropertyName("image")]
    public string Image { get; init; } = "";

    /// <summary>The apps that the site had, ERPNext first.</summary>
    [TomlPropertyName("apps")]
    public List<string> Apps { get; init; } = [];

    /// <summary>The backup of the site as it was.</summary>
    [TomlPropertyName("snapshot")]
    public string Snapshot { get; init; } = "";

    /// <summary>When the site was closed for that backup.</summary>
    [TomlPropertyName("secured")]
    public DateTimeOffset Secured { get; init; }

    /// <summary>Since when visitors can change the updated site.</summary>
    [TomlPropertyName("opened")]
    public DateTimeOffset Opened { get; init; }
}

/// <summary>The phases of an update, as <c>update.toml</c> spells them.</summary>
internal static class UpdatePhase
{
    /// <summary>The site is being closed; the application still runs.</summary>
    public const string Closing = "closing";

    /// <summary>The site is closed. Nothing of it was changed.</summary>
    public const string Closed = "closed";

    /// <summary>The backup is there: the database may be changed.</summary>
    public const string Secured = "secured";

    /// <summary>
    /// The database may be changed, and there is no backup: the answers ask for none, or an earlier change did not end.
    /// </summary>
    public const string Unsecured = "unsecured";

    /// <summary>The application and the data of before are coming back.</summary>
    public const string GoingBack = "going-back";

    /// <summary>
    /// They are back, and the site is being opened: from here on, visitors may change data, so nothing goes back again.
    /// </summary>
    public const string Back = "back";

    /// <summary>The update is verified, and the site is being opened: nothing goes back any more.</summary>
    public const string Opening = "opening";
}

/// <summary>Generated reading and writing of the file; every key has its name at its property.</summary>
[TomlSourceGenerationOptions(DefaultIgnoreCondition = TomlIgnoreCondition.WhenWritingNull)]
[TomlSerializable(typeof(UpdateRecord))]
internal sealed partial class UpdateToml : TomlSerializerContext;
