namespace ErpInstaller.Answers.Keys;

/// <summary>A whole number.</summary>
/// <param name="Least">The smallest that is good.</param>
/// <param name="Most">The largest that is good.</param>
internal sealed record NumberKey(string Name, string Summary, int Least, int Most) : ValueKey(Name, Summary)
{
    /// <inheritdoc/>
    public override string Takes => "a whole number";
}
