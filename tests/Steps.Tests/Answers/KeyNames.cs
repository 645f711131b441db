using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Text;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Tests.Answers;

/// <summary>
/// Full names of keys: those that the installer knows, and those in a file. A star stands for an app or a host check.
/// </summary>
internal static class KeyNames
{
    /// <summary>Every key that the reader knows.</summary>
    public static IReadOnlyList<string> Described() => [.. Described(AnswerKeys.File, "")];

    /// <summary>Every key of a file.</summary>
    public static IReadOnlyList<string> In(string text) =>
        [.. Found(TomlTree.Read(text, new ProblemList("text")).Root, AnswerKeys.File, "").Distinct()];

    private static IEnumerable<string> Described(AnswerKey key, string path) =>
        key switch
        {
            TableKey table => table.Keys.SelectMany(k => Described(k, Quoted.Join(path, k.Name))),
            MapKey map => Described(map.Entry, path + ".*"),
            _ => [path],
        };

    private static IEnumerable<string> Found(TomlNode node, AnswerKey? key, string path) =>
        (key, node) switch
        {
            (TableKey table, TableNode found) => found.Members.SelectMany(m =>
                Found(m.Value, table.Find(m.Name), Quoted.Join(path, m.Name))
            ),
            (MapKey map, TableNode found) => found.Members.SelectMany(m => Found(m.Value, map.Entry, path + ".*")),
            _ => [path],
        };
}
