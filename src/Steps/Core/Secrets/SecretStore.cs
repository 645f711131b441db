using System.Buffers;
using System.Security.Cryptography;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Core.Secrets;

/// <summary>Resolves and generates secrets, and keeps every value so that it can be redacted from any text.</summary>
public sealed class SecretStore
{
    /// <summary>Stands where a secret was.</summary>
    internal const string Mark = "•••";

    // Shorter values would redact ordinary words; the answers refuse such secrets.
    private const int ShortestRedacted = 4;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Lock _gate = new();
    private readonly HashSet<string> _values = [];
    private Known? _known;

    /// <summary>The value of a secret, registered for redaction.</summary>
    /// <param name="source">Where the secret is kept.</param>
    /// <param name="key">The answers' key, for the error.</param>
    /// <exception cref="SecretUnavailable">The variable is unset, the file is missing, empty or readable by
    /// others.</exception>
    public string Resolve(SecretSource source, string key)
    {
        var value = source switch
        {
            { Env: { } name } => Environment.GetEnvironmentVariable(name)
                ?? throw new SecretUnavailable(
                    $"{key}: the environment variable {name} is not set",
                    $"export {name}=…"
                ),
            { File: { } path } => SecretFile.Read(path, key),
            _ => source.Literal ?? "",
        };
        return value.Length == 0
            ? throw new SecretUnavailable($"{key}: the secret is empty", $"Set a value in {source}.")
            : Register(value);
    }

    /// <summary>
    /// A new random secret of letters and digits (which no shell, SQL or config file needs to quote).
    /// </summary>
    public string Generate(int length = 32) => Register(RandomNumberGenerator.GetString(Alphabet, length));

    /// <summary>Registers a value for redaction and returns it.</summary>
    public string Register(string value)
    {
        lock (_gate)
        {
            if (value.Length >= ShortestRedacted && _values.Add(value))
            {
                _known = null;
            }
        }

        return value;
    }

    /// <summary>
    /// The text with every registered value replaced by <c>•••</c>, also in base64, in URLs and in JSON.
    /// </summary>
    public string Redact(string text)
    {
        var known = Read();
        if (!text.AsSpan().ContainsAny(known.Search))
        {
            return text;
        }

        foreach (var form in known.Forms)
        {
            text = text.Replace(form, Mark, StringComparison.Ordinal);
        }

        return text;
    }

    // Longest first: otherwise a part of a secret that contains another would remain.
    private Known Read()
    {
        lock (_gate)
        {
            if (_known is null)
            {
                string[] forms = [.. _values.SelectMany(SecretForms.Of).Distinct().OrderByDescending(f => f.Length)];
                _known = new Known(forms, SearchValues.Create(forms, StringComparison.Ordinal));
            }

            return _known;
        }
    }

    private sealed record Known(string[] Forms, SearchValues<string> Search);
}

/// <summary>A secret that the answers name is not available, or is not of the form that its key takes.</summary>
public sealed class SecretUnavailable(string message, string hint)
    : InstallerException(ErrorCode.SecretUnavailable, message, hint);
