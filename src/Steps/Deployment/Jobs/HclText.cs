using System.Text;

namespace ErpInstaller.Deployment.Jobs;

/// <summary>Writes HCL2: blocks, attributes, quoted strings. Interpolation is escaped, so text stays text.</summary>
internal sealed class HclText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>A block with what <paramref name="content"/> writes in it.</summary>
    public void Block(string head, Action content)
    {
        Line($"{head} {{");
        _depth++;
        content();
        _depth--;
        Line("}");
    }

    /// <summary>An attribute; interpolation of Nomad's runtime variables (<c>${node.unique.id}</c>) works in it.</summary>
    public void Set(string name, string value) => Line($"{name} = {Quote(value)}");

    /// <inheritdoc cref="Set(string, string)"/>
    public void Set(string name, int value) => Line(FormattableString.Invariant($"{name} = {value}"));

    /// <inheritdoc cref="Set(string, string)"/>
    public void Set(string name, bool value) => Line($"{name} = {(value ? "true" : "false")}");

    /// <summary>A list; nothing when it is empty.</summary>
    public void Set(string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            Line($"{name} = [{string.Join(", ", values.Select(Quote))}]");
        }
    }

    /// <summary>A map block; nothing when it is empty.</summary>
    public void Map(string name, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count > 0)
        {
            Block(name, () =>
                values.OrderBy(v => v.Key, StringComparer.Ordinal).ToList().ForEach(v => Set(v.Key, v.Value))
            );
        }
    }

    /// <summary>Text of several lines as a heredoc; interpolation in it is escaped.</summary>
    public void Heredoc(string name, string text)
    {
        if (!text.EndsWith('\n') || text.Contains("\nEOT\n", StringComparison.Ordinal))
        {
            Line($"{name} = {Escape(Quote(text))}");
            return;
        }

        Line($"{name} = <<EOT");
        _text.Append(Escape(text)).Append("EOT\n");
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Line(string line) => _text.Append(' ', _depth * 2).Append(line).Append('\n');

    private static string Escape(string text) =>
        text.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);

    private static string Quote(string value)
    {
        var escaped = value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }
}
