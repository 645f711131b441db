using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Interview;

/// <summary>Answers of a loaded file that no question asks for: they are kept, and shown before anything is changed.</summary>
internal static class UnaskedAnswers
{
    /// <summary>Those that differ from the default, in the order of the file: the key's full name, and the value as TOML spells it.</summary>
    public static IEnumerable<(string Key, string Value)> Of(AnswerFile answers, IReadOnlySet<string> asked) =>
        [
            .. Values(AnswerKeys.File, "")
                .Where(k => !asked.Contains(k.Path))
                .Select(k => (k.Path, Value: Text(k.Key.Value!(answers)), Default: Text(k.Key.Default)))
                .Where(k => k.Value is not null && k.Value != k.Default)
                .Select(k => (k.Path, k.Value!)),
            .. answers.Apps.Override.Select(o => ($"apps.override.{o.Key}", Text(o.Value))),
        ];

    private static IEnumerable<(string Path, ValueKey Key)> Values(TableKey table, string path) =>
        table.Keys.SelectMany(key =>
            key switch
            {
                TableKey deeper => Values(deeper, Join(path, key.Name)),
                ValueKey { Value: not null, IsRequired: false } value => [(Join(path, key.Name), value)],
                _ => Array.Empty<(string, ValueKey)>(),
            }
        );

    private static string? Text(object? value) =>
        value switch
        {
            null => null,
            SecretSource { Literal: not null } => "as typed",
            _ => TomlText.Of(value),
        };

    private static string Text(AppOverride change) =>
        string.Join(
            ", ",
            new[]
            {
                change.Url is null ? "" : $"url {change.Url}",
                change.Ref is null ? "" : $"ref {change.Ref}",
                change.Username is null ? "" : $"username {change.Username}",
                change.Token is null ? "" : $"token {Text((object)change.Token)}",
                change.Requires is null ? "" : $"requires {string.Join(' ', change.Requires)}",
            }.Where(t => t.Length > 0)
        );

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
