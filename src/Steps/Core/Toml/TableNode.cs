namespace ErpInstaller.Core.Toml;

/// <summary>A table with all its parts, which may be spread over the file.</summary>
internal sealed record TableNode(Place Place) : TomlNode(Place)
{
    /// <inheritdoc/>
    public override string Kind => "a table";

    /// <summary>How it was defined, which decides what may still be added.</summary>
    public required TableOrigin Origin { get; set; }

    /// <summary>Its members, in the order of the file.</summary>
    public List<Member> Members { get; } = [];

    /// <summary>The member of that name, or null.</summary>
    public Member? Find(string name) => Members.Find(m => m.Name == name);

    /// <summary>Adds a table.</summary>
    public TableNode Add(string name, Place place, TableOrigin origin)
    {
        var table = new TableNode(place) { Origin = origin };
        Members.Add(new Member(name, place, table));
        return table;
    }
}
