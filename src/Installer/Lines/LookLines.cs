using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Writes a look of <c>doctor</c>.</summary>
internal static class LookLines
{
    private const int Indent = 28;

    public static void Write(LookTaken look, PlainLines output)
    {
        var line = $"{LookTaken.WordOf(look.Verdict), -8} {look.Look, -18} {look.Found}";
        output.Write(look.Verdict == LookVerdict.Well ? line : $"{line}; expected: {look.Expected}", Indent);
        if (look.Hint.Length > 0)
        {
            output.WriteWhole($"         hint: {look.Hint}");
        }
    }
}
