namespace ErpInstaller.Answers.Keys;

/// <summary>A table with fixed keys.</summary>
/// <param name="Keys">Its keys, in the order of the file.</param>
internal sealed record TableKey(string Name, string Summary, IReadOnlyList<AnswerKey> Keys) : AnswerKey(Name, Summary)
{
    /// <inheritdoc/>
    public override string Takes => "a table";

    /// <summary>The key of that name, or null.</summary>
    public AnswerKey? Find(string name) => Keys.FirstOrDefault(k => k.Name == name);
}
