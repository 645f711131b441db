using System.Security.Cryptography;
using System.Text;

namespace ErpInstaller.Run;

/// <summary>
/// What a step depends on: named values of the answers, and outputs of earlier steps by name. Their fingerprint decides
/// staleness. A secret enters by its source (<c>env:NAME</c>), never by its value.
/// </summary>
public sealed class StepInputs
{
    private readonly SortedDictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly List<(string Step, string Output)> _outputs = [];

    /// <summary>Adds a value of the answers under its key, for example <c>image.name</c>.</summary>
    public StepInputs Add(string key, object? value)
    {
        _answers.Add(key, FormattableString.Invariant($"{value}"));
        return this;
    }

    /// <summary>Adds a list; its order counts.</summary>
    public StepInputs Add(string key, IEnumerable<string> values) => Add(key, string.Join(',', values));

    /// <summary>Adds an output of an earlier step, by the name it has in <see cref="StepOutputs.Values"/>.</summary>
    public StepInputs AddOutput(string step, string output)
    {
        _outputs.Add((step, output));
        return this;
    }

    /// <summary>Sha256 (64 hex digits) over all values; an output that does not exist yet counts as <c>?</c>.</summary>
    /// <param name="output">Looks up an earlier step's output; null when it is not there.</param>
    public string Fingerprint(Func<string, string, string?> output)
    {
        var lines = _answers
            .Select(a => $"{a.Key}={a.Value}")
            .Concat(_outputs.Select(o => $"{o.Step}.{o.Output}={output(o.Step, o.Output) ?? "?"}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }
}
