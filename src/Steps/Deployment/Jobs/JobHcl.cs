using System.Text;

namespace ErpInstaller.Deployment.Jobs;

/// <summary>A job as people write it. Means the same as <see cref="JobJson"/>.</summary>
internal static class JobHcl
{
    /// <summary>The text of a <c>.nomad.hcl</c> file.</summary>
    public static string Render(Job job)
    {
        var writer = new HclJobWriter();
        writer.Labelled("job", "", "", [job], j => j.Id, new JobAttributes(writer).Write);
        return writer.ToString();
    }
}

/// <summary>
/// Writes HCL2. Templates are escaped, so that their text stays text. In other attributes Nomad's runtime variables
/// (<c>${node.unique.id}</c>) work.
/// </summary>
internal sealed class HclJobWriter : JobWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <inheritdoc/>
    public override void Set(string hcl, string json, string value) => Line($"{hcl} = {Quote(value)}");

    /// <inheritdoc/>
    public override void Set(string hcl, string json, int value) =>
        Line(FormattableString.Invariant($"{hcl} = {value}"));

    /// <inheritdoc/>
    public override void Set(string hcl, string json, bool value) => Line($"{hcl} = {(value ? "true" : "false")}");

    /// <inheritdoc/>
    public override void SetUnlessDefault(string hcl, string json, string value, string hclDefault)
    {
        if (value != hclDefault)
        {
            Set(hcl, json, value);
        }
    }

    /// <inheritdoc/>
    public override void Duration(string hcl, string json, TimeSpan value) =>
        Line(FormattableString.Invariant($"{hcl} = \"{value.TotalSeconds:0}s\""));

    /// <inheritdoc/>
    public override void List(string hcl, string json, IReadOnlyList<string> values, bool evenEmpty = false)
    {
        if (values.Count > 0)
        {
            Line($"{hcl} = [{string.Join(", ", values.Select(Quote))}]");
        }
    }

    /// <inheritdoc/>
    public override void Map(
        string hcl,
        string json,
        IReadOnlyDictionary<string, string> values,
        bool evenEmpty = false
    )
    {
        if (values.Count > 0)
        {
            Block(hcl, json, () =>
            {
                foreach (var (key, value) in values.OrderBy(v => v.Key, StringComparer.Ordinal))
                {
                    Set(key, key, value);
                }
            });
        }
    }

    /// <summary>A heredoc, or a quoted text if a heredoc cannot hold it.</summary>
    public override void Text(string hcl, string json, string value)
    {
        if (!value.EndsWith('\n') || value.Contains("\nEOT\n", StringComparison.Ordinal))
        {
            Line($"{hcl} = {Escape(Quote(value))}");
            return;
        }

        Line($"{hcl} = <<EOT");
        _text.Append(Escape(value)).Append("EOT\n");
    }

    /// <inheritdoc/>
    public override void Block(string hcl, string json, Action content)
    {
        Line($"{hcl} {{");
        _depth++;
        content();
        _depth--;
        Line("}");
    }

    /// <inheritdoc/>
    public override void Blocks<T>(
        string hcl,
        string json,
        IEnumerable<T> items,
        Action<T> content,
        bool evenEmpty = false
    )
    {
        foreach (var item in items)
        {
            Block(hcl, json, () => content(item));
        }
    }

    /// <inheritdoc/>
    public override void Labelled<T>(
        string hcl,
        string json,
        string label,
        IEnumerable<T> items,
        Func<T, string> labelOf,
        Action<T> content
    ) => ByName(hcl, json, items, labelOf, content);

    /// <inheritdoc/>
    public override void ByName<T>(
        string hcl,
        string json,
        IEnumerable<T> items,
        Func<T, string> nameOf,
        Action<T> content
    )
    {
        foreach (var item in items)
        {
            Block($"{hcl} \"{nameOf(item)}\"", json, () => content(item));
        }
    }

    /// <summary>The text.</summary>
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
