using Tomlyn.Syntax;

namespace ErpInstaller.Core.Toml;

/// <summary>
/// Changes one value in the text of a TOML file. Every other character stays as it is: comments, order, blank lines.
/// The text must be valid TOML.
/// </summary>
internal sealed class TomlEdit
{
    private readonly string _text;
    private readonly DocumentSyntax _file;
    private readonly List<Pair> _pairs;

    /// <param name="text">The text of the file.</param>
    public TomlEdit(string text)
    {
        (_text, _file) = (text, SafeToml.Parse(text));
        _pairs = [.. Pairs(_file)];
    }

    private string NewLine => _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>Sets a key to a value. A key that the file does not have gets a line in its table.</summary>
    /// <param name="path">The parts of the key.</param>
    /// <param name="value">The value in TOML.</param>
    /// <returns>The text of the changed file.</returns>
    public string Set(IReadOnlyList<string> path, string value) =>
        Find(path) is { } pair ? Replaced(StartOf(pair.Value), EndOf(pair.Value), value) : Insert(path, value);

    /// <summary>Adds an item at the end of a list that the file has.</summary>
    /// <param name="item">The item in TOML.</param>
    /// <returns>The text of the changed file; null: the file has no such list.</returns>
    public string? AddItem(IReadOnlyList<string> path, string item)
    {
        if (Find(path)?.Value is not ArraySyntax list)
        {
            return null;
        }

        if (list.Items.LastOrDefault() is not { } last)
        {
            return Inserted(StartOf(list) + 1, item);
        }

        var (start, end) = (StartOf(last.Value!), EndOf(last.Value!));
        if (!IsAlone(last))
        {
            return last.Comma is { } mark ? Inserted(EndOf(mark), $" {item},") : Inserted(end, $", {item}");
        }

        var line = NewLine + _text[LineOf(start)..start] + item;
        return last.Comma is null
            ? _text[..end] + "," + _text[end..LineEnd(end)] + line + _text[LineEnd(end)..]
            : Inserted(LineEnd(end), line + ",");
    }

    /// <summary>Removes the item with a text from a list, with a comment on its own line.</summary>
    /// <returns>The text of the changed file; null: the file has no such item.</returns>
    public string? RemoveItem(IReadOnlyList<string> path, string item)
    {
        var items = (Find(path)?.Value as ArraySyntax)?.Items.ToList() ?? [];
        var index = items.FindIndex(i => i.Value is StringValueSyntax found && found.Value == item);
        if (index < 0)
        {
            return null;
        }

        var (start, end) = (StartOf(items[index].Value!), AfterItem(items[index]));
        if (IsAlone(items[index]))
        {
            return Replaced(LineOf(start), NextLine(end), "");
        }

        if (items[index].Comma is not null)
        {
            return Replaced(start, SkipBlanks(end), "");
        }

        // The last one, after a comma on the same line.
        var before = index == 0 || items[index - 1].Comma is not { } comma ? start : StartOf(comma);
        return Replaced(_text[before..start].Contains('\n', StringComparison.Ordinal) ? start : before, end, "");
    }

    private string Insert(IReadOnlyList<string> path, string value)
    {
        var line = $"{TomlText.Key(path[^1])} = {value}";
        var table = path.SkipLast(1).ToList();
        if (Find(table)?.Value is InlineTableSyntax inline)
        {
            var rest = inline.Items.ChildrenCount == 0 ? " " : ",";
            return Inserted(StartOf(inline) + 1, $" {line}{rest}");
        }

        if (HeaderOf(table) is { } header)
        {
            var last = header.Items.LastOrDefault();
            return InsertLine(last is null ? EndOf(header.CloseBracket!) : EndOf(last.Value!), line);
        }

        // The table has dotted keys: a header would define it twice.
        if (_pairs.LastOrDefault(p => p.Table.Count < table.Count && IsBelow(p.Path, table)) is { } dotted)
        {
            var name = string.Join('.', path.Skip(dotted.Table.Count).Select(TomlText.Key));
            return InsertLine(EndOf(dotted.Value), $"{name} = {value}");
        }

        var gap = _text.Length == 0 || _text.EndsWith('\n') ? NewLine : NewLine + NewLine;
        return $"{_text}{gap}[{string.Join('.', table.Select(TomlText.Key))}]{NewLine}{line}{NewLine}";
    }

    private string InsertLine(int after, string line) => Inserted(LineEnd(after), NewLine + line);

    private string Inserted(int at, string added) => _text[..at] + added + _text[at..];

    private string Replaced(int start, int end, string by) => _text[..start] + by + _text[end..];

    private Pair? Find(IReadOnlyList<string> path) => _pairs.Find(p => p.Path.SequenceEqual(path));

    private TableSyntax? HeaderOf(IReadOnlyList<string> path) =>
        _file.Tables.OfType<TableSyntax>().FirstOrDefault(t => PathOf(t.Name!).SequenceEqual(path));

    private static bool IsBelow(IReadOnlyList<string> path, List<string> table) =>
        path.Count > table.Count && path.Take(table.Count).SequenceEqual(table);

    // Nothing else of the list is on its line.
    private bool IsAlone(ArrayItemSyntax item)
    {
        var (start, end) = (StartOf(item.Value!), AfterItem(item));
        var after = _text[end..LineEnd(end)].Trim();
        return string.IsNullOrWhiteSpace(_text[LineOf(start)..start]) && (after.Length == 0 || after[0] == '#');
    }

    private static int AfterItem(ArrayItemSyntax item) => EndOf((SyntaxNodeBase?)item.Comma ?? item.Value!);

    private int SkipBlanks(int at)
    {
        while (at < _text.Length && _text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    private int LineOf(int at) => at == 0 ? 0 : _text.LastIndexOf('\n', at - 1) + 1;

    // Before the line break.
    private int LineEnd(int at)
    {
        var end = _text.IndexOf('\n', at);
        return end < 0 ? _text.Length
            : end > at && _text[end - 1] == '\r' ? end - 1
            : end;
    }

    private int NextLine(int at)
    {
        var end = _text.IndexOf('\n', at);
        return end < 0 ? _text.Length : end + 1;
    }

    private static int StartOf(SyntaxNodeBase node) => node.Span.Start.Offset;

    // The last character of a span belongs to it.
    private static int EndOf(SyntaxNodeBase node) => node.Span.End.Offset + 1;

    private static IEnumerable<Pair> Pairs(DocumentSyntax file) =>
        [
            .. file.KeyValues.SelectMany(k => Pairs(k, [], [])),
            .. file.Tables.OfType<TableSyntax>().SelectMany(t => t.Items.SelectMany(k => In(PathOf(t.Name!), k))),
        ];

    private static IEnumerable<Pair> In(IReadOnlyList<string> table, KeyValueSyntax pair) => Pairs(pair, table, table);

    private static IEnumerable<Pair> Pairs(
        KeyValueSyntax pair,
        IReadOnlyList<string> above,
        IReadOnlyList<string> table
    )
    {
        IReadOnlyList<string> path = [.. above, .. PathOf(pair.Key!)];
        yield return new Pair(path, table, pair.Value!);
        foreach (var item in (pair.Value as InlineTableSyntax)?.Items.ToList() ?? [])
        {
            foreach (var inner in Pairs(item.KeyValue!, path, path))
            {
                yield return inner;
            }
        }
    }

    private static IReadOnlyList<string> PathOf(KeySyntax key) => [.. TomlKey.Parts(key)!.Select(p => p.Name)];

    /// <param name="Path">The whole key.</param>
    /// <param name="Table">The part of it that the header or the braces around it say.</param>
    private sealed record Pair(IReadOnlyList<string> Path, IReadOnlyList<string> Table, ValueSyntax Value);
}
