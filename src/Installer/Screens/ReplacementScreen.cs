using System.Drawing;
using ErpInstaller.Restore;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;
using ErpInstaller.Updates;

namespace ErpInstaller.Screens;

/// <summary>What the full screen says of an operation that replaces the site, and how it reads what goes.</summary>
/// <param name="Title">The title of the screen that asks.</param>
/// <param name="Reading">What it reads, while it reads.</param>
/// <param name="Warning">What happens to the site's data.</param>
/// <param name="Help">The text that F1 shows.</param>
/// <param name="ReadAsync">Reads what is replaced by what: names and values.</param>
/// <param name="For">The operation for a site that was named.</param>
internal sealed record SiteReplacement(
    string Title,
    string Reading,
    string Warning,
    string Help,
    Func<Installation, CancellationToken, Task<IReadOnlyList<(string Name, string Value)>>> ReadAsync,
    Func<string, Operation> For
)
{
    /// <summary>A restore of a backup.</summary>
    public static SiteReplacement ByBackup(BackupKnown backup)
    {
        var request = new RestoreRequest(backup.Id, Files: null, Safeguard: true);
        return new SiteReplacement(
            $"Restore {request}",
            $"reading {request}",
            "The site is replaced by this backup. A safeguard backup of the site is made first. Data entered since the "
                + "chosen backup will only be in the safeguard backup.",
            """
            The backup is read to its end and compared with the image before anything is replaced.

            The restore backs up the site first, loads the backup beside it, and replaces all tables at once. The site
            serves until then. If the backup cannot be restored, the site stays as it is.
            """,
            (installation, stop) => new RestoreLook(installation, request).ReadAsync(stop),
            site => Operation.Restore(request, site)
        );
    }

    /// <summary>The way back to the site of before the last update.</summary>
    public static SiteReplacement ByRollback() =>
        new(
            "Go back to before the last update",
            "counting what would be lost",
            "The image and the data of before the last update come back. A safeguard backup of the site is made first. "
                + "Data entered since the update will only be in the safeguard backup.",
            """
            The documents that were created, changed or deleted since the update are counted before anything is
            replaced.

            The site is closed, backed up, and then served by the image and the data of before. The answers still name
            the newer image: the next install updates again.
            """,
            (installation, stop) => new RollbackLook(installation).ReadAsync(stop),
            Operation.Rollback
        );
}

/// <summary>
/// What an operation would replace by what. It begins when the operator has typed the site's name.
/// </summary>
/// <param name="confirmed">Starts the operation.</param>
internal sealed class ReplacementScreen(ScreenContext work, SiteReplacement replacement, Action<Operation> confirmed)
    : Screen
{
    private const int Value = 11;

    private readonly RepositoryWork _reading = new(work);
    private (string Site, IReadOnlyList<(string Name, string Value)> Rows)? _found;
    private string? _wrong;

    /// <inheritdoc/>
    public override string Title => replacement.Title;

    /// <inheritdoc/>
    public override string Help => replacement.Help;

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            new(KeyPress.Enter, "go on", () => AskName(_found!.Value.Site)) { When = _found is not null },
            new(KeyPress.Letter('r'), "read again", Read) { When = !_reading.IsAtWork },
            new(KeyPress.Esc, "back", _reading.Leave),
        ];

    /// <inheritdoc/>
    public override bool IsAtWork => _reading.IsAtWork;

    /// <inheritdoc/>
    public override Line Message =>
        _wrong is not null ? new Line(_wrong, Tone.Bad)
        : _reading.IsAtWork ? _reading.Message
        : Line.Empty;

    /// <inheritdoc/>
    public override void Entered()
    {
        if (_found is null)
        {
            Read();
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        List<Line> lines = [.. _reading.ErrorLines(area.Width)];
        if (_found is not (_, var rows))
        {
            return lines;
        }

        lines.AddRange(rows.SelectMany(r => Row(r.Name, r.Value, area.Width)));
        lines.Add(Line.Empty);
        lines.AddRange(Columns.Wrap(replacement.Warning, area.Width).Select(l => new Line(l, Tone.Warning)));
        if (Prompt is { } prompt)
        {
            lines.AddRange([Line.Empty, prompt.Draw(lines.Count + 1)]);
        }

        return lines;
    }

    private static IEnumerable<Line> Row(string name, string value, int width) =>
        Columns
            .Wrap(value, width - Value)
            .Select((line, i) => new Line(i == 0 ? name : "", Tone.Quiet).Pad(Value).Add(line));

    private void Read()
    {
        (_found, _wrong) = (null, null);
        _reading.Begin(
            replacement.Reading,
            replacement.For(""),
            async (installation, stop) =>
                (installation.Settings.Answers.Site.Name, await replacement.ReadAsync(installation, stop)),
            read => _found = read
        );
    }

    private void AskName(string site) =>
        Ask(
            new Prompt("replacement.site", "The site's name, to go on  ", width: 44)
            {
                Accept = ("go on", name => Confirm(name.Trim(), site)),
                Cancel = ("cancel", () => _wrong = null),
            }
        );

    private bool Confirm(string name, string site)
    {
        if (name != site)
        {
            _wrong = $"The site is {site}, not {name}: nothing was replaced";
            return false;
        }

        confirmed(replacement.For(site));
        return true;
    }
}
