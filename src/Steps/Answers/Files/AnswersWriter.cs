using System.Globalization;
using System.Text;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Files;

/// <summary>
/// Writes answers as a file that people can edit: every key with its meaning, and each absent key as a comment. Reading
/// the file gives the same answers.
/// </summary>
internal static class AnswersWriter
{
    private const int Width = 120;

    private const string Head = """
        #:schema assets/installer.schema.json
        #
        # Answers for the ERPNext installer.
        #
        #   erp-installer validate FILE            is it right? needs no network
        #   erp-installer plan     --answers FILE  what would be done?
        #   erp-installer install  --answers FILE  do it
        #
        # A line that begins with "#" and a key shows an absent key. Remove the # to set it.

        """;

    /// <summary>The whole file.</summary>
    /// <exception cref="InvalidOperationException">
    /// The answers hold a secret itself. <see cref="SecretFiles"/> moves it out first.
    /// </exception>
    public static string Write(AnswerFile answers)
    {
        var text = new StringBuilder(Head);
        Write(text, AnswerKeys.File, answers);
        return text.ToString();
    }

    private static void Write(StringBuilder text, TableKey table, object record)
    {
        foreach (var key in table.Keys.OfType<ValueKey>())
        {
            Write(text, key, key.Lens.Get(record));
        }

        foreach (var key in table.Keys)
        {
            if (key is TableKey inner)
            {
                Open(text, inner);
                Write(text, inner, inner.Lens.Get(record)!);
            }
            else if (key is MapKey map)
            {
                Write(text, map, map.Entries(record));
            }
        }
    }

    private static void Open(StringBuilder text, TableKey table)
    {
        text.Append('\n');
        Comment(text, table.Summary);
        if (table.Keys.Any(k => k is ValueKey))
        {
            text.Append(CultureInfo.InvariantCulture, $"[{table.Path}]\n");
        }
    }

    private static void Write(StringBuilder text, MapKey map, IReadOnlyDictionary<string, object> entries)
    {
        Comment(text, map.Summary);
        if (map.Entry is TableKey table)
        {
            foreach (var (name, entry) in entries)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{map.Path}.{TomlText.Key(name)}]\n");
                WriteEntry(text, table, entry);
            }

            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"[{map.Path}]\n");
        foreach (var (name, value) in entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{TomlText.Key(name)} = {TomlText.Of(value)}\n");
        }
    }

    // An entry of a map has only the keys that are given.
    private static void WriteEntry(StringBuilder text, TableKey table, object entry)
    {
        foreach (var key in table.Keys.OfType<ValueKey>())
        {
            if (key.Lens.Get(entry) is { } value)
            {
                RefuseLiteral(value, key.Path);
                text.Append(CultureInfo.InvariantCulture, $"{key.Name} = {TomlText.Of(value)}\n");
            }
        }
    }

    private static void Write(StringBuilder text, ValueKey key, object? value)
    {
        Comment(text, key.Summary);
        RefuseLiteral(value, key.Path);
        text.Append(value is null ? $"#{key.Name} = {Example(key)}\n" : $"{key.Name} = {TomlText.Of(value)}\n");
    }

    private static void RefuseLiteral(object? value, string path)
    {
        if (value is SecretSource { Literal: not null })
        {
            throw new InvalidOperationException($"{path} holds the secret itself.");
        }
    }

    private static string Example(ValueKey key) =>
        key switch
        {
            SecretKey secret => $"{{ env = {TomlText.Of(secret.Variable)} }}",
            TextListKey => "[]",
            _ => "\"\"",
        };

    private static void Comment(StringBuilder text, string summary)
    {
        var line = "#";
        foreach (var word in summary.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line = "#";
            }

            line += $" {word}";
        }

        text.Append(line).Append('\n');
    }
}
