using System.Drawing;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Widgets;

/// <summary>An item of a list to choose from.</summary>
/// <param name="Title">The action.</param>
/// <param name="Explanation">A line of explanation below it; may be empty.</param>
/// <param name="Chosen">Carries out the action.</param>
internal sealed record Choice(string Title, string Explanation, Action Chosen);

/// <summary>A list to choose from with the arrows and Enter.</summary>
internal sealed class ChoiceList
{
    private readonly ListCursor _cursor = new();

    /// <summary>The choices. The first is the default.</summary>
    public IReadOnlyList<Choice> Choices
    {
        get;
        set
        {
            field = value;
            _cursor.Count = value.Count;
        }
    } = [];

    /// <summary>All its lines.</summary>
    public IEnumerable<Line> Draw(int width, Glyphs glyphs)
    {
        for (var i = 0; i < Choices.Count; i++)
        {
            var here = i == _cursor.At;
            var line = new Line($"{(here ? glyphs.Pointer : " ")} {Choices[i].Title} ");
            yield return here ? line.All(Tone.Selected, Math.Min(width, line.Width)) : line;
            foreach (var text in ExplanationOf(Choices[i], width))
            {
                yield return new Line("    ").Add(text, Tone.Quiet);
            }
        }
    }

    /// <summary>The lines that fit, with the marked choice among them.</summary>
    public IEnumerable<Line> Draw(Size area, Glyphs glyphs)
    {
        var lines = Draw(area.Width, glyphs).ToList();
        var marked = Choices.Take(_cursor.At + 1).Sum(c => 1 + ExplanationOf(c, area.Width).Count()) - 1;
        return _cursor.See(lines, marked, area.Height);
    }

    /// <summary>Its keys.</summary>
    /// <param name="choose">The label of Enter.</param>
    public IEnumerable<Binding> Bindings(string choose) =>
        [
            new(KeyPress.Enter, choose, Choose),
            .. _cursor.Bindings("move", BarPlace.Start),
            new(
                "Tab",
                "move; Shift-Tab moves back",
                (KeyPress.Tab, () => _cursor.Move(1)),
                (KeyPress.Tab.WithShift, () => _cursor.Move(-1))
            )
            {
                When = Choices.Count > 1,
                Bar = BarPlace.Help,
            },
        ];

    private void Choose() => Choices.ElementAtOrDefault(_cursor.At)?.Chosen();

    private static IEnumerable<string> ExplanationOf(Choice choice, int width) =>
        choice.Explanation.Length == 0 ? [] : Columns.Wrap(choice.Explanation, width - 4);
}
