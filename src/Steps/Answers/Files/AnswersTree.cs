using ErpInstaller.Answers.Keys;
using ErpInstaller.Answers.Rules;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Files;

/// <summary>Turns a tree of TOML values into answers, and answers into such a tree.</summary>
internal sealed class AnswersTree
{
    private readonly ValueCheck _values;
    private int _line;

    private AnswersTree(ProblemList problems) => _values = new ValueCheck(problems);

    /// <summary>The answers in a tree. Unknown keys are left out, and no rule is applied.</summary>
    /// <param name="root">The top table.</param>
    /// <param name="problems">Gets each value of a wrong kind.</param>
    public static AnswerFile Read(TableNode root, ProblemList problems) =>
        (AnswerFile)new AnswersTree(problems).Fill(AnswerKeys.File, AnswerKeys.File.Defaults, root);

    /// <summary>
    /// The tree that a file with these answers gives. Each key has a line of its own, in the order of the file.
    /// </summary>
    public static TableNode Of(AnswerFile answers)
    {
        var root = new TableNode(Place.Start) { Origin = TableOrigin.Header };
        new AnswersTree(new ProblemList("")).AddAll(root, AnswerKeys.File, answers);
        return root;
    }

    private object Fill(TableKey table, object record, TableNode node) =>
        node.Members.Aggregate(record, (r, member) =>
            table.Find(member.Name) is { } key ? Put(key, r, member.Value) : r
        );

    private object Put(AnswerKey key, object record, TomlNode node)
    {
        var value = (key, node) switch
        {
            (ValueKey single, _) => single.FromNode(node),
            (TableKey table, TableNode found) => Fill(table, table.Lens.Get(record)!, found),
            (MapKey map, TableNode found) => found.Members.ToDictionary(m => m.Name, m => Entry(map.Entry, m.Value)),
            _ => null,
        };
        if (value is not null)
        {
            return key.Lens.Set(record, value);
        }

        _values.ReportKind(node, key, key.Path);
        return record;
    }

    // The value of an entry is the whole entry: a text, or the record of a table.
    private object Entry(AnswerKey entry, TomlNode node) => Put(entry, entry is TableKey t ? t.Defaults : "", node);

    private void AddAll(TableNode node, TableKey table, object record)
    {
        foreach (var key in table.Keys.OrderBy(k => k is not ValueKey))
        {
            if (key.Lens.Get(record) is { } value)
            {
                Add(node, key.Name, key, value);
            }
        }
    }

    private void Add(TableNode node, string name, AnswerKey key, object value)
    {
        var place = new Place(++_line, 1);
        if (key is ValueKey single)
        {
            node.Members.Add(new Member(name, place, single.ToNode(value, place)));
            return;
        }

        var inner = node.Add(name, place, TableOrigin.Header);
        if (key is TableKey table)
        {
            AddAll(inner, table, value);
            return;
        }

        foreach (var (entry, of) in (IReadOnlyDictionary<string, object>)value)
        {
            Add(inner, entry, ((MapKey)key).Entry, of);
        }
    }
}
