using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Writes a host check with its verdict as lines of a table.</summary>
internal static class HostCheckLines
{
    private const int Indent = 28;

    public static void Write(HostChecked check, PlainLines output)
    {
        output.Write($"{check.Verdict, -9}{check.Check, -18} {check.Found}; needed: {check.Needed}", Indent);
        if (check.Hint.Length > 0 && check.Verdict != "pass")
        {
            output.WriteWhole($"         hint: {check.Hint}");
        }
    }
}
