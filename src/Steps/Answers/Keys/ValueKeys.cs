using System.Globalization;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Keys;

/// <summary>A key with a value. The key's own rule checks the value, from every source.</summary>
internal abstract record ValueKey(string Name, string Summary) : AnswerKey(Name, Summary)
{
    /// <summary>Whether the file must have the key.</summary>
    public bool IsRequired { get; init; }

    /// <summary>A value as the file spells it, for a message about a missing key.</summary>
    public string Example { get; init; } = "\"erp.example.com\"";

    /// <summary>The label of its question, 22 characters at most; null when no question asks for it.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// The effect of no answer, in a few words; null when an answer is required or the value is clear.
    /// </summary>
    public string? WhenAbsent { get; init; }

    /// <summary>Whether the key has a meaning beside the other answers.</summary>
    public Func<AnswerFile, bool> Applies { get; init; } = _ => true;

    /// <summary>A warning about a good answer, as a sentence; null when there is none.</summary>
    public Func<AnswerFile, string?> Advice { get; init; } = _ => null;

    /// <summary>The value in answers without any key of the file; null when there is none.</summary>
    public object? Initial => Table is null ? null : Lens.Get(Table.Defaults);

    /// <summary>The value when the key is absent; null when there is none or the key is required.</summary>
    public object? Default => IsRequired ? null : Initial;

    /// <summary>The value, or null.</summary>
    public object? Get(AnswerFile answers) => Lens.Get(Table!.RecordIn(answers));

    /// <summary>A copy of the answers with another value, which may break the key's rule.</summary>
    public AnswerFile Set(AnswerFile answers, object? value) =>
        (AnswerFile)Table!.Replace(answers, Lens.Set(Table.RecordIn(answers), value));

    /// <summary>The value as the answer file spells it; null when there is none.</summary>
    /// <param name="secret">The text in place of a secret that is in the answers themselves.</param>
    public string? Spelling(AnswerFile answers, string secret) =>
        Get(answers) switch
        {
            null => null,
            SecretSource { Literal: not null } => secret,
            var value => TomlText.Of(value),
        };

    /// <summary>The value of a TOML node; null when the node is of another kind than the key takes.</summary>
    public abstract object? FromNode(TomlNode node);

    /// <summary>A value as a TOML node.</summary>
    public abstract TomlNode ToNode(object value, Place place);

    /// <summary>The value that the operator types; null for no answer.</summary>
    /// <exception cref="FormatException">The answers cannot hold it, for example a word as a number.</exception>
    public abstract object? FromText(string text);

    /// <summary>A value as the operator types it.</summary>
    public virtual string ToText(object value) => (string)value;
}

/// <summary>A text.</summary>
/// <param name="Rule">The texts that are good.</param>
internal sealed record TextKey(string Name, string Summary, TextRule Rule) : ValueKey(Name, Summary)
{
    /// <summary>Whether the empty text is good. It stands for "none".</summary>
    public bool MayBeEmpty { get; init; }

    /// <inheritdoc/>
    public override string Takes => "a text";

    /// <inheritdoc/>
    public override object? FromNode(TomlNode node) => (node as TextNode)?.Value;

    /// <inheritdoc/>
    public override TomlNode ToNode(object value, Place place) => new TextNode(place, (string)value);

    /// <inheritdoc/>
    public override object? FromText(string text) => text.Length == 0 && Initial is null ? null : text;
}

/// <summary>A list of texts, none of them twice.</summary>
/// <param name="Item">The texts that are good.</param>
internal sealed record TextListKey(string Name, string Summary, TextRule Item) : ValueKey(Name, Summary)
{
    /// <inheritdoc/>
    public override string Takes => "a list of texts";

    /// <inheritdoc/>
    public override object? FromNode(TomlNode node) =>
        node is ListNode list && list.Items.TrueForAll(i => i is TextNode)
            ? list.Items.ConvertAll(i => ((TextNode)i).Value)
            : null;

    /// <inheritdoc/>
    public override TomlNode ToNode(object value, Place place) =>
        new ListNode(place, [.. ((List<string>)value).Select(text => new TextNode(place, text))]);

    /// <summary>Words between spaces or commas, each once.</summary>
    public override object FromText(string text) =>
        text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct()
            .ToList();

    /// <inheritdoc/>
    public override string ToText(object value) => string.Join(' ', (List<string>)value);
}

/// <summary>A whole number.</summary>
/// <param name="Least">The smallest number that is good.</param>
/// <param name="Most">The largest number that is good.</param>
internal sealed record NumberKey(string Name, string Summary, int Least, int Most) : ValueKey(Name, Summary)
{
    /// <inheritdoc/>
    public override string Takes => "a whole number";

    /// <inheritdoc/>
    public override object? FromNode(TomlNode node) =>
        node is NumberNode { Value: >= int.MinValue and <= int.MaxValue } number ? (int)number.Value : null;

    /// <inheritdoc/>
    public override TomlNode ToNode(object value, Place place) => new NumberNode(place, (int)value);

    /// <inheritdoc/>
    public override object FromText(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException("must be a whole number");

    /// <inheritdoc/>
    public override string ToText(object value) => ((int)value).ToString(CultureInfo.InvariantCulture);
}

/// <summary>One of the words that a <see cref="ChoiceKey"/> takes.</summary>
/// <param name="Value">The member of the enumeration.</param>
/// <param name="Explanation">Its meaning, for the operator.</param>
internal sealed record KeyChoice(Enum Value, string Explanation)
{
    /// <summary>The word in the answer file.</summary>
    public string Word { get; } = ChoiceName.Of(Value);
}

/// <summary>One of several words.</summary>
/// <param name="Choices">The words, in the order in which a question shows them.</param>
internal sealed record ChoiceKey(string Name, string Summary, IReadOnlyList<KeyChoice> Choices)
    : ValueKey(Name, Summary)
{
    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words { get; } = [.. Choices.Select(c => c.Word)];

    /// <inheritdoc/>
    public override string Takes => "a text";

    /// <inheritdoc/>
    public override object? FromNode(TomlNode node) => node is TextNode text ? Find(text.Value) : null;

    /// <inheritdoc/>
    public override TomlNode ToNode(object value, Place place) => new TextNode(place, ToText(value));

    /// <inheritdoc/>
    public override object FromText(string text) =>
        Find(text) ?? throw new FormatException($"must be one of {string.Join(", ", Words)}");

    /// <inheritdoc/>
    public override string ToText(object value) => ChoiceName.Of((Enum)value);

    private Enum? Find(string word) => Choices.FirstOrDefault(c => c.Word == word)?.Value;
}

/// <summary>
/// A secret: <c>{ env = "NAME" }</c>, <c>{ file = "/path" }</c>, or the secret itself, which gives a warning. The
/// operator types <c>env:NAME</c>, <c>file:/path</c> or the secret.
/// </summary>
/// <param name="Rule">The secrets that are good.</param>
/// <param name="Variable">An environment variable to propose.</param>
internal sealed record SecretKey(string Name, string Summary, TextRule Rule, string Variable) : ValueKey(Name, Summary)
{
    /// <summary>The key that names an environment variable.</summary>
    public const string Env = "env";

    /// <summary>The key that names a file.</summary>
    public const string File = "file";

    private const string TypedEnv = Env + ":";
    private const string TypedFile = File + ":";

    /// <summary>The name of the file that keeps the secret after it was typed.</summary>
    public string FileName { get; init; } = Variable.ToLowerInvariant();

    /// <summary>The value of the secret, which obeys <see cref="Rule"/>.</summary>
    /// <param name="name">The name of the secret in an error.</param>
    /// <exception cref="SecretUnavailable">It is not available, or the key does not accept it.</exception>
    public string Resolve(SecretSource source, SecretStore secrets, string name)
    {
        var value = secrets.Resolve(source, name);
        return Rule.Accepts(value)
            ? value
            : throw new SecretUnavailable(
                $"{name}: the value in {source} {Rule.Explain(value) ?? $"is not {Rule.Is}"}",
                $"It must be {Rule.Is}, at least {Rule.MinLength} characters."
            );
    }

    /// <inheritdoc/>
    public override string Takes => $"{{ env = \"{Variable}\" }} or {{ file = \"/path\" }}";

    /// <inheritdoc/>
    public override object? FromNode(TomlNode node) =>
        node switch
        {
            TextNode secret => new SecretSource { Literal = secret.Value },
            TableNode { Members: [{ Name: Env, Value: TextNode name }] } => new SecretSource { Env = name.Value },
            TableNode { Members: [{ Name: File, Value: TextNode path }] } => new SecretSource { File = path.Value },
            _ => null,
        };

    /// <inheritdoc/>
    public override TomlNode ToNode(object value, Place place)
    {
        var source = (SecretSource)value;
        if (source.Literal is { } secret)
        {
            return new TextNode(place, secret);
        }

        var table = new TableNode(place) { Origin = TableOrigin.Inline };
        var (name, text) = source.Env is { } variable ? (Env, variable) : (File, source.File ?? "");
        table.Members.Add(new Member(name, place, new TextNode(place, text)));
        return table;
    }

    /// <inheritdoc/>
    public override object? FromText(string text) =>
        text switch
        {
            "" => null,
            _ when text.StartsWith(TypedEnv, StringComparison.Ordinal) => new SecretSource
            {
                Env = text[TypedEnv.Length..],
            },
            _ when text.StartsWith(TypedFile, StringComparison.Ordinal) => new SecretSource
            {
                File = text[TypedFile.Length..],
            },
            _ => new SecretSource { Literal = text },
        };

    /// <inheritdoc/>
    public override string ToText(object value) =>
        value switch
        {
            SecretSource { Env: { } name } => TypedEnv + name,
            SecretSource { File: { } path } => TypedFile + path,
            SecretSource source => source.Literal ?? "",
            _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "This is not a secret."),
        };
}
