using System.Drawing;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>A list of which one is chosen by arrows and Enter.</summary>
internal sealed class ChoiceList
{
    private int _at;
    private int _first;

    /// <summary>What can be chosen; the first is the default.</summary>
    public IReadOnlyList<Choice> Choices { get; set; } = [];

    /// <summary>Its lines.</summary>
    public IEnumerable<Line> Draw(int width, Glyphs glyphs)
    {
        for (var i = 0; i < Choices.Count; i++)
        {
            var here = i == _at;
            var line = new Line($"{(here ? glyphs.Pointer : " ")} {Choices[i].Title} ");
            yield return here ? line.All(Tone.Selected, Math.Min(width, line.Width)) : line;
            foreach (var why in WhyOf(Choices[i], width))
            {
                yield return new Line("    ").Add(why, Tone.Quiet);
            }
        }
    }

    /// <summary>As many of its lines as there is room for, with the marked one among them.</summary>
    public IEnumerable<Line> Draw(Size area, Glyphs glyphs)
    {
        var lines = Draw(area.Width, glyphs).ToList();
        var marked = Choices.Take(_at + 1).Sum(c => LinesOf(c, area.Width)) - 1;
        _first = Scroll.Follow(_first, marked, lines.Count, area.Height);
        return lines.Skip(_first).Take(area.Height);
    }

    /// <summary>Takes a key.</summary>
    /// <returns>It meant something.</returns>
    public bool OnKey(KeyPress key)
    {
        if (key == KeyPress.CursorDown || key == KeyPress.Tab)
        {
            _at = Math.Clamp(_at + 1, 0, Math.Max(0, Choices.Count - 1));
        }
        else if (key == KeyPress.CursorUp || key == KeyPress.Tab.WithShift)
        {
            _at = Math.Max(_at - 1, 0);
        }
        else if (key == KeyPress.Enter && _at < Choices.Count)
        {
            Choices[_at].Chosen();
        }
        else
        {
            return false;
        }

        return true;
    }

    private static int LinesOf(Choice choice, int width) => 1 + WhyOf(choice, width).Count();

    private static IEnumerable<string> WhyOf(Choice choice, int width) =>
        choice.Why.Length == 0 ? [] : Columns.Wrap(choice.Why, width - 4);
}
