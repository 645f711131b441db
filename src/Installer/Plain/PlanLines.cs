using ErpInstaller.Engine;

namespace ErpInstaller.Plain;

/// <summary>A step's plan as lines: a mark, the subject, the reason.</summary>
internal static class PlanLines
{
    public static void Write(StepPlanned plan, TextWriter output)
    {
        output.WriteLine($"{plan.Step}: {(plan.InPlace ? "in place: " : "")}{plan.Summary}");
        foreach (var change in plan.Changes)
        {
            output.WriteLine($"  {Mark(change.Kind)} {change.Subject}{(change.Why.Length == 0 ? "" : $": {change.Why}")}");
        }
    }

    private static string Mark(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "+",
        ChangeKind.Update => "~",
        ChangeKind.Replace => "-/+",
        ChangeKind.Destroy => "-",
        _ => "?",
    };
}
