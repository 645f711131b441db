using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Interview;

/// <summary>
/// Answers of a loaded file that no question asks for. They are kept, and shown before anything changes.
/// </summary>
internal static class UnaskedAnswers
{
    private const string Typed = "as typed";

    /// <summary>
    /// The answers that differ from the default, in the order of the file: the full name of the key, and the value as
    /// the file spells it.
    /// </summary>
    public static IEnumerable<(string Key, string Value)> Of(AnswerFile answers, IReadOnlySet<string> asked)
    {
        var untouched = new AnswerFile();
        return
        [
            .. from key in AnswerKeys.Values
            where !key.IsRequired && !asked.Contains(key.Path)
            let value = key.Spelling(answers, Typed)
            where value is not null && value != key.Spelling(untouched, Typed)
            select (key.Path, value!),
            .. from map in AppsKeys.Maps
            from app in map.Entries(answers.Apps)
            select ($"{map.Path}.{app.Key}", Text(map, app.Value)),
        ];
    }

    private static string Text(MapKey map, object entry) =>
        string.Join(
            ", ",
            from key in ((TableKey)map.Entry).Keys.OfType<ValueKey>()
            let value = key.Lens.Get(entry)
            where value is not null
            select $"{key.Name} {Text(key, value!)}"
        );

    private static string Text(ValueKey key, object value) =>
        value switch
        {
            SecretSource { Literal: not null } => Typed,
            SecretSource => TomlText.Of(value),
            _ => key.ToText(value),
        };
}
