namespace ErpInstaller.Answers.Keys;

/// <summary>A key with a value.</summary>
internal abstract record ValueKey(string Name, string Summary) : AnswerKey(Name, Summary)
{
    /// <summary>Where the model has it; null below a <see cref="MapKey"/>, where nothing has a default.</summary>
    public Func<AnswerFile, object?>? Value { get; init; }

    /// <summary>It must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What holds when the key is absent; null when there is nothing.</summary>
    public object? Default => IsRequired ? null : Value?.Invoke(Defaults);

    private static readonly AnswerFile Defaults = new();
}
