namespace ErpInstaller.Core.Text;

/// <summary>The edit distance of two words, for "did you mean".</summary>
public static class EditDistance
{
    /// <summary>Levenshtein distance: insertions, deletions and replacements, each 1.</summary>
    public static int Between(string from, string to)
    {
        var above = new int[to.Length + 1];
        for (var column = 0; column <= to.Length; column++)
        {
            above[column] = column;
        }

        for (var row = 1; row <= from.Length; row++)
        {
            var diagonal = above[0];
            above[0] = row;
            for (var column = 1; column <= to.Length; column++)
            {
                var replaced = diagonal + (from[row - 1] == to[column - 1] ? 0 : 1);
                diagonal = above[column];
                above[column] = Math.Min(replaced, Math.Min(above[column], above[column - 1]) + 1);
            }
        }

        return above[to.Length];
    }
}
