namespace ErpInstaller.Answers.Keys;

/// <summary>A key of the answer file, described once for checking, for the JSON schema and for whoever writes the file.</summary>
/// <param name="Name">As it stands in its table.</param>
/// <param name="Summary">What it means, for the operator: whole sentences.</param>
internal abstract record AnswerKey(string Name, string Summary)
{
    /// <summary>The kind of value it takes, for a sentence: <c>a text</c>.</summary>
    public abstract string Takes { get; }
}
