namespace ErpInstaller.Answers.Keys;

/// <summary>One of several words.</summary>
/// <param name="Words">The words.</param>
internal sealed record ChoiceKey(string Name, string Summary, IReadOnlyList<string> Words) : ValueKey(Name, Summary)
{
    /// <inheritdoc/>
    public override string Takes => "a text";
}
