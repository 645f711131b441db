namespace ErpInstaller.Answers.Keys;

/// <summary>A text.</summary>
/// <param name="Rule">Which texts are good.</param>
internal sealed record TextKey(string Name, string Summary, TextRule Rule) : ValueKey(Name, Summary)
{
    /// <summary>The empty text stands for "none".</summary>
    public bool MayBeEmpty { get; init; }

    /// <inheritdoc/>
    public override string Takes => "a text";
}
