using System.Globalization;
using ErpInstaller.Backup;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Restore;

/// <summary>What is restored, and what it replaces.</summary>
/// <param name="Found">The script's line.</param>
internal sealed record RestoreSourceOutputs(BackupLine Found) : StepOutputs
{
    /// <summary>What identifies the source: the id of the backup, or of the files.</summary>
    public string Source => Found.Word("source");

    /// <summary>Nobody signed in to the site that is there: nothing in it is worth a backup.</summary>
    public bool IsSiteEmpty => Found.Part("present").Number("users") == 0;

    /// <summary>An earlier restore did not finish: there is no whole site to back up.</summary>
    public bool IsUnfinished => Found.Is("restoring");

    /// <summary>What is restored, of when, and with which versions.</summary>
    public string Restored =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Of} of {TimeOf(Found.Word("time"))}: {Found.Number("tables")} tables with {Found.Number("rows")} rows, "
        )
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{Found.Number("files")} files ({ByteSize.Text(Found.Number("bytes"))})"
        );

    /// <summary>What is replaced.</summary>
    public string Replaced
    {
        get
        {
            var present = Found.Part("present");
            var changed = present.Word("changed") is { Length: > 0 } time ? $", changed last at {time} UTC" : "";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{present.Number("tables")} tables{changed}; {present.Number("files")} files; "
                    + $"{present.Number("users")} users who signed in"
            );
        }
    }

    /// <summary>The versions on both sides: of the source, and of the image that serves it.</summary>
    public string Versions
    {
        get
        {
            var image = Found.Apps("image");
            return string.Join(
                ", ",
                Found
                    .Apps()
                    .Select(a => (App: a.Key, From: a.Value, To: image.GetValueOrDefault(a.Key, "none")))
                    .Select(a => a.From == a.To ? $"{a.App} {a.From}" : $"{a.App} {a.From} → {a.To}")
            );
        }
    }

    /// <summary>Whether the database is migrated afterwards.</summary>
    public bool Migrates => Found.Is("migrates");

    /// <summary>The same as names and values for the operator.</summary>
    public IReadOnlyList<(string Name, string Value)> Rows =>
        [
            ("restores", Restored),
            ("versions", $"{Versions}{(Migrates ? "; the database is migrated" : "")}"),
            ("replaces", Replaced),
        ];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        new Dictionary<string, string>
        {
            ["source"] = Of,
            ["rows"] = FormattableString.Invariant($"{Found.Number("rows")}"),
            ["files"] = FormattableString.Invariant($"{Found.Number("files")}"),
        };

    private string Of =>
        Found.Word("by") is { Length: > 0 } by ? $"backup {Source} by {by} ({Found.Word("release")})" : "files";

    private static string TimeOf(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            ? parsed.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : time;
}

/// <summary>The backup of what is replaced.</summary>
/// <param name="Written">The backup; null: none was needed.</param>
internal sealed record SafeguardOutputs(BackupOutputs? Written) : StepOutputs
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => Written?.Values ?? new Dictionary<string, string>();
}

/// <summary>A site that was restored.</summary>
/// <param name="Source">The source that was restored.</param>
internal sealed record RestoreOutputs(RestoreSourceOutputs Source) : StepOutputs
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => Source.Values;
}
