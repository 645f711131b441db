using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Answers.Rules;

/// <summary>Proposes a key for one that does not exist.</summary>
internal static class UnknownKey
{
    /// <summary>A key of the same table with a similar name; else the one key of that name in another table; else all of this table.</summary>
    public static string? Suggest(string name, TableKey table)
    {
        var here = table.Keys.Select(k => k.Name).ToList();
        if (Nearest.To(name, here) is { } near)
        {
            return $"did you mean {near}?";
        }

        var elsewhere = Find(AnswerKeys.File, name, "").Take(2).ToList();
        return elsewhere.Count == 1 ? $"did you mean {elsewhere[0]}?" : Nearest.Suggest(name, here, "known here");
    }

    private static IEnumerable<string> Find(TableKey table, string name, string path)
    {
        foreach (var key in table.Keys)
        {
            var full = Quoted.Join(path, key.Name);
            if (key.Name == name)
            {
                yield return full;
            }

            foreach (var inner in key is TableKey below ? Find(below, name, full) : [])
            {
                yield return inner;
            }
        }
    }
}
