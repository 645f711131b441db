using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>What is left of a file when all that is wrong by itself is taken out, and where each key stands.</summary>
/// <param name="Root">The good part of the file.</param>
internal sealed record CheckedKeys(TableNode Root)
{
    private readonly Dictionary<string, Place> _places = [];
    private readonly HashSet<string> _wrong = [];

    /// <summary>Keeps where the value of a key stands.</summary>
    public void Keep(string path, Place place) => _places.TryAdd(path, place);

    /// <summary>Keeps that a key is there and its value is no good.</summary>
    public void KeepWrong(string path) => _wrong.Add(path);

    /// <summary>The key is there.</summary>
    public bool Has(string path) => _places.ContainsKey(path);

    /// <summary>The key is absent or its value is good, so that more can be said about it.</summary>
    public bool IsSound(string path) => !_wrong.Contains(path);

    /// <summary>Where the value stands; of an absent key, where its table begins.</summary>
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

    /// <summary>The good texts of a list with their places.</summary>
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
