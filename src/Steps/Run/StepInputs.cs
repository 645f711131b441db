using System.Security.Cryptography;
using System.Text;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Run;

/// <summary>
/// The answers that a step depends on, with the release's text that belongs to them, as lines in the spelling of the
/// answer file: <c>site.http_port = 80</c>. They are free of names of types and properties, so those may change.
/// </summary>
public sealed class StepInputs
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The lines, sorted by their keys.</summary>
    internal string Text => string.Concat(_values.Select(v => $"{v.Key} = {v.Value}\n"));

    /// <summary>Adds answers by key, for example <c>site.name</c>; the key of a table adds all keys in it.</summary>
    public StepInputs Add(AnswerFile answers, params IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            AddBelow(answers, Find(key), key);
        }

        return this;
    }

    /// <summary>Adds a text of the release.</summary>
    public StepInputs Add(string name, string text)
    {
        _values.Add(name, TomlText.Of(text));
        return this;
    }

    /// <summary>Adds a list; its order counts.</summary>
    public StepInputs Add(string name, IEnumerable<string> texts)
    {
        _values.Add(name, TomlText.Of(texts));
        return this;
    }

    /// <summary>SHA-256 (64 hex digits) over all lines.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    private void AddBelow(AnswerFile answers, AnswerKey key, string path)
    {
        if (key is TableKey table)
        {
            foreach (var inner in table.Keys)
            {
                AddBelow(answers, inner, $"{path}.{inner.Name}");
            }
        }
        else if (key is ValueKey { Value: { } get } && get(answers) is { } value)
        {
            // A secret counts by its place. The fingerprint must not give away a secret that stands in the file itself.
            _values.Add(
                path,
                value is SecretSource { Literal: not null } ? "a secret in the file" : TomlText.Of(value)
            );
        }
    }

    private static AnswerKey Find(string path)
    {
        AnswerKey? found = AnswerKeys.File;
        foreach (var name in path.Split('.'))
        {
            found = (found as TableKey)?.Find(name);
        }

        return found ?? throw new ArgumentOutOfRangeException(nameof(path), path, "No key of the answers.");
    }
}
