using ErpInstaller.Engine;

namespace ErpInstaller.Plain;

/// <summary>A judged host check as lines of a table.</summary>
internal static class HostCheckLines
{
    public static void Write(HostChecked check, TextWriter output)
    {
        output.WriteLine($"{check.Verdict,-9}{check.Check,-18} {check.Found}; needed: {check.Needed}");
        if (check.Hint.Length > 0 && check.Verdict != "pass")
        {
            output.WriteLine($"         {"",-18} hint: {check.Hint}");
        }
    }
}
