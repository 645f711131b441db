using ErpInstaller.Core.Text;
using Tomlyn.Syntax;

namespace ErpInstaller.Core.Toml;

/// <summary>Keys with values, and the values themselves.</summary>
internal sealed partial class TomlTree
{
    private void AddAll(IEnumerable<KeyValueSyntax> items, TableNode table, string path)
    {
        foreach (var item in items)
        {
            // A missing part was already reported as a syntax error.
            if (item is { Key: { } key, Value: { } value } && PartsOf(key) is { } keys)
            {
                Add(keys, value, table, path);
            }
        }
    }

    private void Add(IReadOnlyList<TomlKey> keys, ValueSyntax syntax, TableNode table, string path)
    {
        foreach (var key in keys.SkipLast(1))
        {
            path = Quoted.Join(path, key.Name);
            switch (table.Find(key.Name))
            {
                case null:
                    table = table.Add(key.Name, key.Place, TableOrigin.DottedKey);
                    break;
                case { Value: TableNode { Origin: TableOrigin.DottedKey } inner }:
                    table = inner;
                    break;
                case var found:
                    Twice(key.Place, path, found.Place);
                    return;
            }
        }

        var last = keys[^1];
        path = Quoted.Join(path, last.Name);
        if (table.Find(last.Name) is { } first)
        {
            Twice(last.Place, path, first.Place);
        }
        else if (ValueOf(syntax, path) is { } value)
        {
            table.Members.Add(new Member(last.Name, last.Place, value));
        }
    }

    private TomlNode? ValueOf(ValueSyntax syntax, string path)
    {
        var place = Place.Of(syntax);
        return syntax switch
        {
            StringValueSyntax text => new TextNode(place, text.Value ?? ""),
            IntegerValueSyntax number => new NumberNode(place, number.Value),
            ArraySyntax array => List(array, place, path),
            InlineTableSyntax table => Inline(table, place, path),
            BooleanValueSyntax => new OtherNode(place, "true or false"),
            FloatValueSyntax => new OtherNode(place, "a decimal number"),
            DateTimeValueSyntax => new OtherNode(place, "a date or time"),
            _ => null,
        };
    }

    private ListNode List(ArraySyntax array, Place place, string path) =>
        new(place, [.. array.Items.Select(i => i.Value is null ? null : ValueOf(i.Value, path)).OfType<TomlNode>()]);

    private TableNode Inline(InlineTableSyntax syntax, Place place, string path)
    {
        var table = new TableNode(place) { Origin = TableOrigin.Inline };
        AddAll(syntax.Items.Select(i => i.KeyValue).OfType<KeyValueSyntax>(), table, path);
        return table;
    }
}
