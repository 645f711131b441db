using System.Drawing;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>What mends the host, in the order of the checks, over the whole width: to be selected and copied.</summary>
internal sealed class HintsScreen(IReadOnlyList<HostCheckRow> blocking, Workspace work) : Screen
{
    private const int Most = 3;

    private readonly ScrolledText _text = new();

    /// <inheritdoc/>
    public override string Title => "What mends it";

    /// <inheritdoc/>
    public override string Step => StepId.HostChecks;

    /// <inheritdoc/>
    public override string Help =>
        "Select a command with the mouse, as in any program of this terminal, and run it in another one. r on the screen before checks again.";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => [new("Esc", "back"), new("arrows", "scroll")];

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var lines = blocking.Where(r => r.Hint.Length > 0).SelectMany(r => Draw(r, area.Width)).ToList();
        return _text.Draw(lines, area.Height);
    }

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key) => _text.OnKey(key);

    private IEnumerable<Line> Draw(HostCheckRow row, int width) =>
        [
            .. Found($"{work.Glyphs.Failed} {row.Id}: {row.Found}", width - 1),
            .. Columns.Wrap(work.Commands.In(row.Hint), width - 1).Select(l => new Line(l, Tone.Accent)),
            Line.Empty,
        ];

    // Of a long story the beginning: here it is about what mends it.
    private IEnumerable<Line> Found(string text, int width)
    {
        var lines = Columns.Wrap(text, width).ToList();
        return lines
            .Take(Most)
            .Select(
                (l, i) =>
                    new Line(i == Most - 1 && lines.Count > Most ? $"{l} {work.Glyphs.More}" : l, Tone.Bad).Clip(
                        width,
                        work.Glyphs.More
                    )
            );
    }
}
