using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Writes a step's plan as lines: a mark, the subject, the reason.</summary>
internal static class PlanLines
{
    /// <summary>What the marks mean.</summary>
    public const string Legend = "+ created, ~ changed in place, -/+ replaced, - removed, ? not changed";

    private const int Indent = 6;

    public static void Write(StepPlanned plan, PlainLines output)
    {
        output.Write($"{plan.Step}: {(plan.InPlace ? "in place: " : "")}{plan.Summary}");
        foreach (var change in plan.Changes)
        {
            output.Write(
                $"  {Mark(change.Kind)} {change.Subject}{(change.Why.Length == 0 ? "" : $": {change.Why}")}",
                Indent
            );
        }
    }

    private static string Mark(ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Create => "+",
            ChangeKind.Update => "~",
            ChangeKind.Replace => "-/+",
            ChangeKind.Destroy => "-",
            _ => "?",
        };
}
