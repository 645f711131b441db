using System.Security.Cryptography;
using System.Text;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Keys;
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
        foreach (var key in keys.SelectMany(AnswerKeys.At))
        {
            // A secret counts by its place. The fingerprint must not reveal one that is in the file itself.
            if (key.Spelling(answers, "a secret in the file") is { } value)
            {
                _values.Add(key.Path, value);
            }
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
}
