using System.Drawing;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>F1: what the screen beneath is for.</summary>
internal sealed class HelpScreen(Screen about) : Screen
{
    private readonly ScrolledText _text = new();

    /// <inheritdoc/>
    public override string Title => $"Help: {about.Title}";

    /// <inheritdoc/>
    public override string Step => about.Step;

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override string Help => "Help for the screen beneath.";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => [new("Esc", "back"), new("arrows", "scroll")];

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var lines = Text(area.Width).ToList();
        return _text.Draw(lines, area.Height);
    }

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key) => _text.OnKey(key);

    private IEnumerable<Line> Text(int width)
    {
        foreach (var paragraph in about.Help.Split('\n'))
        {
            foreach (var line in Columns.Wrap(paragraph.Trim(), width))
            {
                yield return new Line(line);
            }
        }

        yield return Line.Empty;
        foreach (var hint in about.Keys.Concat(about.KeysHere))
        {
            yield return new Line(hint.Key, Tone.Accent).To(12).Add(hint.Does);
        }

        foreach (
            var (key, does) in new[]
            {
                ("F4", "the log"),
                ("F10, Ctrl-C", "leave"),
                ("Ctrl-L", "draw the screen again"),
            }
        )
        {
            yield return new Line(key, Tone.Accent).To(12).Add(does);
        }
    }
}
