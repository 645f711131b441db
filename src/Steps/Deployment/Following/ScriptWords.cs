namespace ErpInstaller.Deployment.Following;

/// <summary>
/// The error of our own scripts: one or more lines with the problem, then <c>NAME: hint: …</c>.
/// </summary>
internal static class ScriptWords
{
    private const string Mark = ": hint: ";

    /// <summary>The last such message; nulls when there is none.</summary>
    public static (string? Said, string? Hint) Of(IReadOnlyList<string> lines)
    {
        var at = lines.ToList().FindLastIndex(l => l.Contains(Mark, StringComparison.Ordinal));
        if (at < 1)
        {
            return (null, null);
        }

        var mark = lines[at].IndexOf(Mark, StringComparison.Ordinal);
        var head = lines[at][..mark] + ": ";
        var from = lines.Take(at).ToList().FindLastIndex(l => l.StartsWith(head, StringComparison.Ordinal));
        return (string.Join(' ', lines.Take(at).Skip(from < 0 ? at - 1 : from)), lines[at][(mark + Mark.Length)..]);
    }
}
