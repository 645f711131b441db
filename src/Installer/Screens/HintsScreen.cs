using System.Drawing;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>The hints of all failed checks in the full width, so that the operator can select and copy them.</summary>
internal sealed class HintsScreen(IReadOnlyList<HostCheckRow> blocking, ScreenContext work) : Screen
{
    private const int MaxFound = 3;

    private readonly ScrolledText _text = new();

    /// <inheritdoc/>
    public override string Title => "How to fix it";

    /// <inheritdoc/>
    public override string Step => StepId.HostChecks;

    /// <inheritdoc/>
    public override string Help =>
        "Select a command with the mouse and run it in another terminal. " + "Then go back and press r to check again.";

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [new(KeyPress.Esc, "back", work.Navigator.Back), .. _text.Bindings()];

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var lines = blocking.Where(r => r.Hint.Length > 0).SelectMany(r => Draw(r, area.Width)).ToList();
        return _text.Draw(lines, area.Height);
    }

    private IEnumerable<Line> Draw(HostCheckRow row, int width) =>
        [
            .. Found($"{work.Glyphs.Failed} {row.Id}: {row.Found}", width - 1),
            .. Columns.Wrap(work.Commands.In(row.Hint), width - 1).Select(l => new Line(l, Tone.Accent)),
            Line.Empty,
        ];

    // A long text is cut so that there is room for the hints.
    private IEnumerable<Line> Found(string text, int width)
    {
        var lines = Columns.Wrap(text, width).ToList();
        return lines
            .Take(MaxFound)
            .Select(
                (l, i) =>
                    new Line(
                        i == MaxFound - 1 && lines.Count > MaxFound ? $"{l} {work.Glyphs.More}" : l,
                        Tone.Bad
                    ).Clip(width, work.Glyphs.More)
            );
    }
}
