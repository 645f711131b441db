namespace ErpInstaller.Answers.Keys;

/// <summary>A table whose keys are names: of host checks, of apps.</summary>
/// <param name="Entry">What stands behind each name.</param>
internal sealed record MapKey(string Name, string Summary, AnswerKey Entry) : AnswerKey(Name, Summary)
{
    /// <summary>What a name is the name of, for a sentence: <c>host check</c>.</summary>
    public required string NameOf { get; init; }

    /// <summary>The names that exist; null when they depend on the release.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <inheritdoc/>
    public override string Takes => "a table";
}
