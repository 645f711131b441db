using System.Drawing;
using ErpInstaller.Restore;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>What a restore would replace by what. It begins when the operator has typed the site's name.</summary>
/// <param name="confirmed">Starts the restore.</param>
internal sealed class RestoreScreen(ScreenContext work, RestoreRequest request, Action<Operation> confirmed) : Screen
{
    private const int Value = 11;

    private readonly RepositoryWork _reading = new(work);
    private (string Site, RestoreFound Found)? _found;
    private string? _wrong;

    /// <inheritdoc/>
    public override string Title => $"Restore {request}";

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override string Help =>
        """
            The backup is read to its end and compared with the image before anything is replaced.

            The restore backs up the site first, loads the backup beside it, and replaces all tables at once. The site
            serves until then. If the backup cannot be restored, the site stays as it is.
            """;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            new(KeyPress.Enter, "restore", () => AskName(_found!.Value.Site)) { When = _found is not null },
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
        if (_found is not (var site, var found))
        {
            return lines;
        }

        lines.AddRange(found.Rows.SelectMany(r => Row(r.Name, r.Value, area.Width)));
        lines.Add(Line.Empty);
        lines.AddRange(
            Columns
                .Wrap(
                    $"This backup replaces {site}. A safeguard backup of the site is made first. Data entered since "
                        + "the chosen backup will only be in the safeguard backup.",
                    area.Width
                )
                .Select(l => new Line(l, Tone.Warning))
        );
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
            $"reading {request}",
            Operation.Restore(request, site: ""),
            async (installation, stop) =>
                (installation.Settings.Answers.Site.Name, await new RestoreLook(installation, request).ReadAsync(stop)),
            read => _found = read
        );
    }

    private void AskName(string site) =>
        Ask(
            new Prompt("restore.site", "The site's name, to go on  ", width: 44)
            {
                Accept = ("restore", name => Confirm(name.Trim(), site)),
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

        confirmed(Operation.Restore(request, site));
        return true;
    }
}
