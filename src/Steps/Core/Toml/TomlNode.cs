namespace ErpInstaller.Core.Toml;

/// <summary>A value of a TOML file with its place.</summary>
internal abstract record TomlNode(Place Place)
{
    /// <summary>The kind of value it is, for a sentence: <c>a text</c>.</summary>
    public abstract string Kind { get; }
}

/// <summary>A text.</summary>
internal sealed record TextNode(Place Place, string Value) : TomlNode(Place)
{
    /// <inheritdoc/>
    public override string Kind => "a text";
}

/// <summary>A whole number.</summary>
internal sealed record NumberNode(Place Place, long Value) : TomlNode(Place)
{
    /// <inheritdoc/>
    public override string Kind => "a whole number";
}

/// <summary>A list.</summary>
internal sealed record ListNode(Place Place, List<TomlNode> Items) : TomlNode(Place)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>A value of a type that no key has: a date, a boolean, a decimal number.</summary>
internal sealed record OtherNode(Place Place, string Name) : TomlNode(Place)
{
    /// <inheritdoc/>
    public override string Kind => Name;
}
