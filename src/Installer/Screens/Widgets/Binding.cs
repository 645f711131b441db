using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Widgets;

/// <summary>
/// A key of a screen and its action. The key bar, the help of F1 and the dispatch of keys all come from it. Screens
/// create new bindings for each use, so label and <see cref="When"/> are up to date.
/// </summary>
internal sealed record Binding
{
    private readonly IReadOnlyList<(KeyPress Key, Action Act)> _keys;

    /// <summary>Binds one key.</summary>
    public Binding(KeyPress key, string label, Action act)
        : this(key.Name, label, (key, act)) { }

    /// <summary>Binds several keys that the operator knows under one name, such as the arrows.</summary>
    public Binding(string name, string label, params IReadOnlyList<(KeyPress Key, Action Act)> keys) =>
        (Name, Label, _keys) = (name, label, keys);

    /// <summary>The key as it is written on the keyboard: <c>Enter</c>, <c>F4</c>, <c>r</c>.</summary>
    public string Name { get; }

    /// <summary>The action in a few words; in one or two if the bar shows it.</summary>
    public string Label { get; }

    /// <summary>Whether the key works now.</summary>
    public bool When { get; init; } = true;

    /// <summary>Where the key bar shows it while it works.</summary>
    public BarPlace Bar { get; init; } = BarPlace.Start;

    /// <summary>The keys themselves.</summary>
    public IEnumerable<KeyPress> Keys => _keys.Select(k => k.Key);

    /// <summary>Gives a key to the first binding that has it and works now.</summary>
    /// <returns>Whether there is such a binding.</returns>
    public static bool Take(IEnumerable<Binding> bindings, KeyPress key)
    {
        var act = bindings.Where(b => b.When).SelectMany(b => b._keys).FirstOrDefault(k => k.Key.Matches(key)).Act;
        act?.Invoke();
        return act is not null;
    }
}

/// <summary>Where the key bar shows a binding.</summary>
internal enum BarPlace
{
    /// <summary>Before the keys of every screen.</summary>
    Start,

    /// <summary>
    /// After the keys of every screen. Keys that come and go with the marked row are here, so that they move no other
    /// key.
    /// </summary>
    End,

    /// <summary>Not in the bar; only the help lists it.</summary>
    Help,
}
