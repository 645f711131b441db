namespace ErpInstaller.Deployment.Following;

/// <summary>
/// What our own scripts say when they fail: what is wrong, over one line or several, then <c>NAME: hint: …</c>. Nobody
/// knows it better.
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
