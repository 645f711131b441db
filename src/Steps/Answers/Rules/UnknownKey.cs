using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Answers.Rules;

/// <summary>Proposes a key in place of an unknown one.</summary>
internal static class UnknownKey
{
    /// <summary>
    /// A key of the same table with a similar name. Without one, the only key of that name in another table. Without
    /// that, all keys of this table.
    /// </summary>
    public static string? Suggest(string name, TableKey table)
    {
        var here = table.Keys.Select(k => k.Name).ToList();
        if (Nearest.To(name, here) is { } near)
        {
            return $"did you mean {near}?";
        }

        var elsewhere = AnswerKeys.File.AllKeys.Where(k => k.Name == name).Select(k => k.Path).Take(2).ToList();
        return elsewhere.Count == 1 ? $"did you mean {elsewhere[0]}?" : Nearest.Suggest(name, here, "known here");
    }
}
