using ErpInstaller.Screens.Drawing;
using Terminal.Gui.Input;

namespace ErpInstaller.Screens;

/// <summary>A list of which one is chosen by arrows and Enter.</summary>
internal sealed class ChoiceList
{
    private int _at;

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
            foreach (var why in Choices[i].Why.Length == 0 ? [] : Columns.Wrap(Choices[i].Why, width - 4))
            {
                yield return new Line("    ").Add(why, Tone.Quiet);
            }
        }
    }

    /// <summary>Takes a key.</summary>
    /// <returns>It meant something.</returns>
    public bool OnKey(Key key)
    {
        if (key == Key.CursorDown || key == Key.Tab)
        {
            _at = Math.Min(_at + 1, Choices.Count - 1);
        }
        else if (key == Key.CursorUp || key == Key.Tab.WithShift)
        {
            _at = Math.Max(_at - 1, 0);
        }
        else if (key == Key.Enter && _at < Choices.Count)
        {
            Choices[_at].Chosen();
        }
        else
        {
            return false;
        }

        return true;
    }
}
