using Tomlyn;
using Tomlyn.Syntax;

namespace ErpInstaller.Core.Toml;

/// <summary>
/// A TOML file as one tree of values with their places. It merges tables that the file splits, because Tomlyn's
/// generated reader of immutable records keeps only the last part of a split table.
/// </summary>
internal sealed partial class TomlTree
{
    // No key of the installer has more than four.
    private const int MostParts = 16;

    private readonly ProblemList _problems;

    private TomlTree(ProblemList problems) => _problems = problems;

    /// <summary>The top table of the file.</summary>
    public TableNode Root { get; } = new(Place.Start) { Origin = TableOrigin.Header };

    /// <summary>Whether no line was lost to a syntax error, so that a missing key is really missing.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Parses a text; syntax errors and duplicate keys become problems.</summary>
    public static TomlTree Read(string text, ProblemList problems)
    {
        var tree = new TomlTree(problems);
        try
        {
            var syntax = SafeToml.Parse(text);
            tree.IsWhole = !syntax.HasErrors;
            SyntaxProblems.Report(syntax, text, problems);
            tree.AddAll(syntax.KeyValues, tree.Root, "");
            foreach (var table in syntax.Tables)
            {
                tree.Add(table);
            }
        }
        catch (TomlUnreadable e)
        {
            // Tomlyn's own exception means absurdly deep nesting here; other errors are in the diagnostics.
            var problem =
                e.InnerException is TomlException ? "lists or tables are nested too deeply" : SafeToml.BadEscape;
            problems.Add(new Place(e.Fault.Line, e.Fault.Column), "", problem);
        }

        return tree;
    }

    private void Add(TableSyntaxBase syntax)
    {
        if (syntax.Name is null || PartsOf(syntax.Name) is not { } keys)
        {
            return;
        }

        var path = TomlKey.Join("", keys);
        if (
            Descend(keys) is { } parent
            && (syntax is TableArraySyntax ? OpenItem(parent, keys[^1], path) : Open(parent, keys[^1], path))
                is { } table
        )
        {
            AddAll(syntax.Items, table, path);
        }
    }

    // The tables above the last in a header may be defined in any way except braces.
    private TableNode? Descend(IReadOnlyList<TomlKey> keys)
    {
        var table = Root;
        foreach (var key in keys.SkipLast(1))
        {
            var found = table.Find(key.Name);
            switch (found?.Value)
            {
                case null:
                    table = table.Add(key.Name, key.Place, TableOrigin.Implied);
                    break;
                case TableNode { Origin: not TableOrigin.Inline } inner:
                    table = inner;
                    break;
                case ListNode { Items: [.., TableNode { Origin: not TableOrigin.Inline } last] }:
                    table = last;
                    break;
                default:
                    Twice(key.Place, TomlKey.Join("", [.. keys.TakeWhile(k => k != key), key]), found.Place);
                    return null;
            }
        }

        return table;
    }

    private TableNode? Open(TableNode parent, TomlKey key, string path)
    {
        switch (parent.Find(key.Name))
        {
            case null:
                return parent.Add(key.Name, key.Place, TableOrigin.Header);
            case { Value: TableNode { Origin: TableOrigin.Implied } table }:
                table.Origin = TableOrigin.Header;
                return table;
            case var found:
                Twice(key.Place, path, found.Place);
                return null;
        }
    }

    private TableNode? OpenItem(TableNode parent, TomlKey key, string path)
    {
        var found = parent.Find(key.Name);
        if (found is null)
        {
            found = new Member(key.Name, key.Place, new ListNode(key.Place, []));
            parent.Members.Add(found);
        }

        if (found.Value is not ListNode list)
        {
            Twice(key.Place, path, found.Place);
            return null;
        }

        var item = new TableNode(key.Place) { Origin = TableOrigin.Header };
        list.Items.Add(item);
        return item;
    }

    // Each part makes one table inside another, and every reader of the tree calls itself for each of them.
    private IReadOnlyList<TomlKey>? PartsOf(KeySyntax key)
    {
        if (key.DotKeys.ChildrenCount < MostParts)
        {
            return TomlKey.Parts(key);
        }

        _problems.Add(Place.Of(key), "", $"a key has at most {MostParts} parts, this one has more");
        return null;
    }

    private void Twice(Place place, string path, Place first) =>
        _problems.Add(place, path, $"is defined twice, first in line {first.Line}");
}
