namespace ErpInstaller.Core.Text;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Nearest
{
    private const int MostListed = 16;

    /// <summary>
    /// The candidate closest to a word, or null when none is close. Case, hyphens and underscores count as equal.
    /// </summary>
    public static string? To(string word, IReadOnlyList<string> candidates)
    {
        var plain = Plain(word);
        var allowed = Math.Clamp(plain.Length / 3, 1, 3);
        return candidates
            .Select(c => (Candidate: c, Distance: EditDistance.Between(plain, Plain(c))))
            .Where(c => c.Distance <= allowed && c.Distance < plain.Length)
            .OrderBy(c => c.Distance)
            .ThenByDescending(c => CommonStart(plain, Plain(c.Candidate)))
            .Select(c => c.Candidate)
            .FirstOrDefault()
            ?? candidates.FirstOrDefault(c => Plain(c).Split('_').Contains(plain));
    }

    /// <summary>"did you mean …?", or the list of choices.</summary>
    public static string? Suggest(string word, IReadOnlyList<string> candidates, string there) =>
        To(word, candidates) is { } near ? $"did you mean {near}?"
        : candidates.Count is > 0 and <= MostListed ? $"{there}: {string.Join(", ", candidates)}"
        : null;

    private static int CommonStart(string one, string other) => one.AsSpan().CommonPrefixLength(other);

    private static string Plain(string word) =>
        (word.Length > 64 ? word[..64] : word).Trim().ToLowerInvariant().Replace('-', '_');
}
