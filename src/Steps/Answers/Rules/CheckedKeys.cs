using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>The valid part of an answer file, and the place of each key.</summary>
/// <param name="Root">The valid part of the file.</param>
internal sealed record CheckedKeys(TableNode Root)
{
    private readonly Dictionary<string, Place> _places = [];
    private readonly HashSet<string> _wrong = [];

    /// <summary>Records the place of a key's value.</summary>
    public void Keep(string path, Place place) => _places.TryAdd(path, place);

    /// <summary>Records that a key is present and its value is invalid.</summary>
    public void KeepWrong(string path) => _wrong.Add(path);

    /// <summary>The key is present.</summary>
    public bool Has(string path) => _places.ContainsKey(path);

    /// <summary>The key is absent or its value is valid, so rules between keys can use it.</summary>
    public bool IsSound(string path) => !_wrong.Contains(path);

    /// <summary>The place of the value. For an absent key, the beginning of its table.</summary>
    public Place PlaceOf(string path)
    {
        for (var name = path; name.Length > 0; name = name[..Math.Max(name.LastIndexOf('.'), 0)])
        {
            if (_places.TryGetValue(name, out var place))
            {
                return place;
            }
        }

        return Place.Start;
    }

    /// <summary>The valid texts of a list, with their places.</summary>
    public IReadOnlyList<TextNode> List(params IReadOnlyList<string> path)
    {
        TomlNode? node = Root;
        foreach (var name in path)
        {
            node = (node as TableNode)?.Find(name)?.Value;
        }

        return [.. (node as ListNode)?.Items.OfType<TextNode>() ?? []];
    }
}
