namespace ErpInstaller.Answers.Keys;

/// <summary>Makes keys whose values are properties of a record.</summary>
/// <typeparam name="TRecord">The record of the keys' table.</typeparam>
internal static class KeysOf<TRecord>
    where TRecord : class
{
    /// <summary>A text. A property that is never null gets the empty text for no answer.</summary>
    public static TextKey Text(
        string name,
        string summary,
        TextRule rule,
        Func<TRecord, string?> get,
        Func<TRecord, string?, TRecord> set
    ) => new(name, summary, rule) { Lens = new Lens<TRecord, string?>(get, set) };

    /// <summary>A list of texts.</summary>
    public static TextListKey Texts(
        string name,
        string summary,
        TextRule item,
        Func<TRecord, List<string>?> get,
        Func<TRecord, List<string>, TRecord> set
    ) => new(name, summary, item) { Lens = new Lens<TRecord, List<string>>(r => get(r)!, set) };

    /// <summary>A whole number between two limits.</summary>
    public static NumberKey Number(
        string name,
        string summary,
        (int Least, int Most) limits,
        Func<TRecord, int> get,
        Func<TRecord, int, TRecord> set
    ) => new(name, summary, limits.Least, limits.Most) { Lens = new Lens<TRecord, int>(get, set) };

    /// <summary>A member of an enumeration.</summary>
    public static ChoiceKey Choice<T>(
        string name,
        string summary,
        IReadOnlyList<KeyChoice> choices,
        Func<TRecord, T> get,
        Func<TRecord, T, TRecord> set
    )
        where T : struct, Enum => new(name, summary, choices) { Lens = new Lens<TRecord, T>(get, set) };

    /// <summary>A secret.</summary>
    public static SecretKey Secret(
        string name,
        string summary,
        TextRule rule,
        string variable,
        Func<TRecord, Core.Secrets.SecretSource?> get,
        Func<TRecord, Core.Secrets.SecretSource?, TRecord> set
    ) => new(name, summary, rule, variable) { Lens = new Lens<TRecord, Core.Secrets.SecretSource?>(get, set) };

    /// <summary>A table with a record of its own.</summary>
    public static TableKey Table<T>(
        string name,
        string summary,
        Func<TRecord, T> get,
        Func<TRecord, T, TRecord> set,
        IReadOnlyList<AnswerKey> keys
    ) => new(name, summary, keys) { Lens = new Lens<TRecord, T>(get, set) };

    /// <summary>A table whose keys are names.</summary>
    public static MapKey Map<T>(
        string name,
        string summary,
        string nameOf,
        AnswerKey entry,
        Func<TRecord, Dictionary<string, T>> get,
        Func<TRecord, Dictionary<string, T>, TRecord> set
    )
        where T : class =>
        new(name, summary, entry)
        {
            NameOf = nameOf,
            Lens = new Lens<TRecord, IReadOnlyDictionary<string, object>>(
                r => get(r).ToDictionary(e => e.Key, e => (object)e.Value),
                (r, entries) => set(r, entries.ToDictionary(e => e.Key, e => (T)e.Value))
            ),
        };
}
