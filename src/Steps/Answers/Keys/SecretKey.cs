namespace ErpInstaller.Answers.Keys;

/// <summary>A secret: <c>{ env = "NAME" }</c>, <c>{ file = "/path" }</c>, or with a warning the secret itself.</summary>
/// <param name="Rule">Which literal secrets are good.</param>
/// <param name="Variable">An environment variable to propose.</param>
internal sealed record SecretKey(string Name, string Summary, TextRule Rule, string Variable) : ValueKey(Name, Summary)
{
    /// <inheritdoc/>
    public override string Takes => $"{{ env = \"{Variable}\" }} or {{ file = \"/path\" }}";
}
