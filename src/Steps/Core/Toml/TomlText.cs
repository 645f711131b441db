using System.Globalization;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Core.Toml;

/// <summary>Writes values in TOML.</summary>
internal static class TomlText
{
    /// <summary>A value of the answers.</summary>
    public static string Of(object value) =>
        value switch
        {
            string text => Quote(text),
            int number => number.ToString(CultureInfo.InvariantCulture),
            IEnumerable<string> texts => $"[{string.Join(", ", texts.Select(Quote))}]",
            SecretSource { Env: { } name } => $"{{ env = {Quote(name)} }}",
            SecretSource { File: { } path } => $"{{ file = {Quote(path)} }}",
            Enum choice => Quote(ChoiceName.Of(choice)),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "No answer has this type."),
        };

    /// <summary>A key: bare where TOML allows it, otherwise in quotes.</summary>
    public static string Key(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? name : Quote(name);

    private static string Quote(string text) =>
        $"\"{string.Concat(text.Select(c => c switch
        {
            '"' or '\\' => $"\\{c}",
            _ when char.IsControl(c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
            _ => c.ToString(),
        }))}\"";
}
