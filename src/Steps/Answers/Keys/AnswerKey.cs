using ErpInstaller.Core.Text;

namespace ErpInstaller.Answers.Keys;

/// <summary>
/// A key of the answer file. Its object holds every fact about it. The reader, the writer, the JSON schema, the
/// questions and the review all use this object.
/// </summary>
/// <param name="Name">The name of the key in its table.</param>
/// <param name="Summary">The meaning of the key for the operator, in whole sentences.</param>
internal abstract record AnswerKey(string Name, string Summary)
{
    /// <summary>The kind of value that the key takes, for a sentence: <c>a text</c>.</summary>
    public abstract string Takes { get; }

    /// <summary>The place of the value in the record of the key's table.</summary>
    public Lens Lens { get; init; } = Lens.Whole;

    /// <summary>The table that holds the key; null for the file itself and for an entry of a map.</summary>
    public TableKey? Table { get; private set; }

    /// <summary>The full name: <c>site.name</c>. Below an entry of a map it begins at the entry.</summary>
    public string Path => Table is null ? Name : Quoted.Join(Table.Path, Name);

    /// <summary>Makes a table the owner of its keys. A key belongs to one table for its whole life.</summary>
    protected static void Own(TableKey table, IEnumerable<AnswerKey> keys)
    {
        foreach (var key in keys)
        {
            key.Table = table;
        }
    }
}

/// <summary>A table with fixed keys. Its value is a record.</summary>
internal sealed record TableKey : AnswerKey
{
    private readonly object? _empty;

    /// <param name="name">The name of the table in its own table.</param>
    /// <param name="summary">The meaning of the table for the operator.</param>
    /// <param name="keys">Its keys, in the order of the file.</param>
    /// <param name="empty">For the file and an entry of a map: the record before any key is read.</param>
    public TableKey(string name, string summary, IReadOnlyList<AnswerKey> keys, object? empty = null)
        : base(name, summary)
    {
        (Keys, _empty) = (keys, empty);
        Own(this, keys);
    }

    /// <summary>Its keys, in the order of the file.</summary>
    public IReadOnlyList<AnswerKey> Keys { get; }

    /// <summary>
    /// Its keys and those of the tables in it, in the order of the file. Entries of maps are not among them.
    /// </summary>
    public IEnumerable<AnswerKey> AllKeys =>
        Keys.SelectMany(key => key is TableKey inner ? inner.AllKeys.Prepend(key) : [key]);

    /// <inheritdoc/>
    public override string Takes => "a table";

    /// <summary>The record when no key of the file is given.</summary>
    public object Defaults => Table is null ? _empty! : Lens.Get(Table.Defaults)!;

    /// <summary>The key of that name, or null.</summary>
    public AnswerKey? Find(string name) => Keys.FirstOrDefault(k => k.Name == name);

    /// <summary>The record of this table.</summary>
    /// <param name="root">The answers, or the entry of a map that holds this table.</param>
    public object RecordIn(object root) => Table is null ? root : Lens.Get(Table.RecordIn(root))!;

    /// <summary>A copy of the answers, or of the entry of a map, with another record for this table.</summary>
    public object Replace(object root, object record) =>
        Table is null ? record : Table.Replace(root, Lens.Set(Table.RecordIn(root), record));
}

/// <summary>
/// A table whose keys are names, for example of apps. Its value is a dictionary with objects of the entry's type.
/// </summary>
/// <param name="Entry">Describes the value of each name.</param>
internal sealed record MapKey(string Name, string Summary, AnswerKey Entry) : AnswerKey(Name, Summary)
{
    /// <summary>The kind of thing that a name stands for, for a sentence: <c>host check</c>.</summary>
    public required string NameOf { get; init; }

    /// <summary>The names that exist; null when they depend on the release.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <inheritdoc/>
    public override string Takes => "a table";

    /// <summary>The names with their values, in the order of the file.</summary>
    public IReadOnlyDictionary<string, object> Entries(object record) =>
        (IReadOnlyDictionary<string, object>)Lens.Get(record)!;
}
