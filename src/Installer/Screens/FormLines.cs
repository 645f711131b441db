using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>A question and its answer as lines of a form. A choice shows all its values.</summary>
internal static class FormLines
{
    /// <summary>The column of the answers.</summary>
    public const int Value = 25;

    private const int Indent = 4;
    private const string Between = "  ";
    private const int Gap = 2;

    /// <summary>One line, or more if the choices do not fit beside the label.</summary>
    /// <param name="here">Whether the question is marked. Then the text field draws its answer.</param>
    public static IReadOnlyList<Line> Draw(Question question, AnswerFile answers, bool here, int width, Glyphs glyphs)
    {
        var line = new Line(here ? glyphs.Pointer : " ", Tone.Accent).Add(" ").Add(question.Label);
        if (question.Kind != QuestionKind.Choice)
        {
            // The value that applies without an answer stays visible until the operator types.
            var (now, tone) = question.Get(answers) is { Length: > 0 } text
                ? (here ? "" : question.Shown(answers), text == question.Default ? Tone.Quiet : Tone.Normal)
                : (question.WhenAbsent ?? "", Tone.Quiet);
            return [line.To(Value).Add(now, tone).Clip(width, glyphs.More)];
        }

        var choices = Choices(question, answers, glyphs);
        var beside = choices.Sum(c => c.Length) + Gap * (choices.Count - 1);
        return Value + beside <= width
            ? [line.To(Value).Add(string.Join(Between, choices))]
            :
            [
                line,
                .. Wrapped(choices, width - Indent).Select(l => new Line().Pad(Indent).Add(l).Clip(width, glyphs.More)),
            ];
    }

    private static IEnumerable<string> Wrapped(List<string> choices, int width)
    {
        var line = choices[0];
        foreach (var choice in choices.Skip(1))
        {
            if (line.Length + Gap + choice.Length > width)
            {
                yield return line;
                line = choice;
            }
            else
            {
                line += Between + choice;
            }
        }

        yield return line;
    }

    // Only a sign marks the chosen value, so a change sends few bytes.
    private static List<string> Choices(Question question, AnswerFile answers, Glyphs glyphs)
    {
        var now = question.Get(answers);
        return
        [
            .. question.Choices(answers).Select(c => $"{(c.Value == now ? glyphs.Picked : glyphs.Unpicked)} {c.Value}"),
        ];
    }
}
