namespace ErpInstaller.Answers.Keys;

/// <summary>A list of texts, none of them twice.</summary>
/// <param name="Item">Which texts are good.</param>
internal sealed record TextListKey(string Name, string Summary, TextRule Item) : ValueKey(Name, Summary)
{
    /// <inheritdoc/>
    public override string Takes => "a list of texts";
}
