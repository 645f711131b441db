using ErpInstaller.Run;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Widgets;

/// <summary>A step's plan as lines: the step, and under it each change with its sign and reason.</summary>
internal static class PlanTree
{
    private const int Indent = 6;

    /// <summary>Its lines.</summary>
    public static IEnumerable<Line> Draw(StepPlanned plan, Glyphs glyphs, int width)
    {
        yield return new Line(plan.InPlace ? glyphs.Done : glyphs.Create, plan.InPlace ? Tone.Good : Tone.Accent)
            .Add(" ")
            .Add(plan.Step, Tone.Strong);
        foreach (var line in Columns.Wrap(plan.Summary, width - 2))
        {
            yield return new Line("  ").Add(line, Tone.Quiet);
        }

        foreach (var change in plan.Changes)
        {
            var (sign, tone) = Sign(change.Kind, glyphs);
            var text = change.Why.Length == 0 ? change.Subject : $"{change.Subject}: {change.Why}";
            var lines = Columns.Wrap(text, width - Indent).ToList();
            yield return new Line("  ").Add(sign, tone).To(Indent).Add(lines[0]);
            foreach (var line in lines.Skip(1))
            {
                yield return new Line().To(Indent).Add(line);
            }
        }
    }

    private static (string Sign, Tone Tone) Sign(ChangeKind kind, Glyphs glyphs) =>
        kind switch
        {
            ChangeKind.Create => (glyphs.Create, Tone.Good),
            ChangeKind.Update => (glyphs.Change, Tone.Warning),
            ChangeKind.Replace => ($"{glyphs.Remove}/{glyphs.Create}", Tone.Warning),
            ChangeKind.Destroy => (glyphs.Remove, Tone.Bad),
            _ => ("?", Tone.Accent),
        };
}
