using ErpInstaller.Answers;
using ErpInstaller.Questions;
using ErpInstaller.Screens.Drawing;

namespace ErpInstaller.Screens;

/// <summary>A question and its answer as lines of a form. A choice shows all that can be chosen.</summary>
internal static class FormLines
{
    /// <summary>Where answers begin.</summary>
    public const int Value = 25;

    private const int Indent = 4;

    /// <summary>One line, or two where the choices need a line of their own.</summary>
    /// <param name="here">The operator is on it: what is typed there is drawn by the text field.</param>
    public static IReadOnlyList<Line> Draw(Question question, AnswerFile answers, bool here, int width, Glyphs glyphs)
    {
        var line = new Line(here ? glyphs.Pointer : " ", Tone.Accent).Add(" ").Add(question.Label);
        if (question.Kind != QuestionKind.Choice)
        {
            // What holds without an answer stays seen while nothing is typed over it.
            var (now, tone) = question.Get(answers) is { Length: > 0 } text ? (here ? "" : question.Shown(answers), text == question.Default ? Tone.Quiet : Tone.Normal)
                : (question.WhenAbsent ?? "", Tone.Quiet);
            return [line.To(Value).Add(now, tone).Clip(width, glyphs.More)];
        }

        var choices = Choices(question, answers, glyphs);
        return Value + choices.Width <= width
            ? [line.To(Value).Add(choices)]
            : [line, new Line().Pad(Indent).Add(choices).Clip(width, glyphs.More)];
    }

    private static Line Choices(Question question, AnswerFile answers, Glyphs glyphs)
    {
        var (line, now) = (new Line(), question.Get(answers));
        foreach (var choice in question.Choices(answers))
        {
            // The sign alone tells, so that little else is sent when another one is chosen.
            line.Pad(line.Width == 0 ? 0 : line.Width + 2).Add($"{(choice.Value == now ? glyphs.Picked : glyphs.Unpicked)} {choice.Value}");
        }

        return line;
    }
}
