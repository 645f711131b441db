namespace ErpInstaller.Deployment.Jobs;

/// <summary>
/// Writes a job in one of Nomad's two spellings. Each attribute has both names: first HCL's, then the HTTP API's.
/// Driver configuration has one name for both. Lists and maps without entries are left out, unless the API must see
/// them.
/// </summary>
internal abstract class JobWriter
{
    /// <summary>An attribute.</summary>
    public abstract void Set(string hcl, string json, string value);

    /// <inheritdoc cref="Set(string, string, string)"/>
    public abstract void Set(string hcl, string json, int value);

    /// <inheritdoc cref="Set(string, string, string)"/>
    public abstract void Set(string hcl, string json, bool value);

    /// <summary>An attribute that HCL leaves out when it has its default.</summary>
    public abstract void SetUnlessDefault(string hcl, string json, string value, string hclDefault);

    /// <summary>A list of texts.</summary>
    public abstract void List(string hcl, string json, IReadOnlyList<string> values, bool evenEmpty = false);

    /// <summary>Names with values that the job chooses itself, for example environment variables.</summary>
    public abstract void Map(
        string hcl,
        string json,
        IReadOnlyDictionary<string, string> values,
        bool evenEmpty = false
    );

    /// <summary>A duration: seconds in HCL, nanoseconds in the API.</summary>
    public abstract void Duration(string hcl, string json, TimeSpan value);

    /// <summary>Text of several lines. Nothing in it is interpolated.</summary>
    public abstract void Text(string hcl, string json, string value);

    /// <summary>A block that exists once.</summary>
    public abstract void Block(string hcl, string json, Action content);

    /// <summary>A block for each item.</summary>
    public abstract void Blocks<T>(
        string hcl,
        string json,
        IEnumerable<T> items,
        Action<T> content,
        bool evenEmpty = false
    );

    /// <summary>A block with a label for each item. The API has the label as an attribute.</summary>
    /// <param name="label">The API's name of that attribute.</param>
    public abstract void Labelled<T>(
        string hcl,
        string json,
        string label,
        IEnumerable<T> items,
        Func<T, string> labelOf,
        Action<T> content
    );

    /// <summary>As <see cref="Labelled"/>. The API has a map from labels to blocks.</summary>
    public abstract void ByName<T>(
        string hcl,
        string json,
        IEnumerable<T> items,
        Func<T, string> nameOf,
        Action<T> content
    );

    /// <summary>A block within driver configuration. The API wants a list of one object there.</summary>
    public void DriverBlock(string name, Action content) => Blocks(name, name, [content], c => c());

    /// <summary>
    /// A map within driver configuration. The API wants a list of one map there: a plain map fails at run time ("list
    /// of map of string required").
    /// </summary>
    public void DriverMap(string name, IReadOnlyDictionary<string, string> values) => DriverBlock(name, () =>
        {
            foreach (var (key, value) in values.OrderBy(v => v.Key, StringComparer.Ordinal))
            {
                Set(key, key, value);
            }
        });
}
