using System.Globalization;
using System.Text;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Files;

/// <summary>
/// Writes answers as a file for people: every key there is, each with what it means, those left out as comments. Read
/// again it gives the same answers.
/// </summary>
public static class AnswersWriter
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
        # A line that begins with "#" and a key is a key that is left out; without the # it counts.

        """;

    /// <summary>The whole file.</summary>
    /// <exception cref="InvalidOperationException">A secret stands in the answers: <see cref="SecretFiles"/> moves it out first.</exception>
    public static string Write(AnswerFile answers)
    {
        var text = new StringBuilder(Head);
        Write(text, AnswerKeys.File, "", answers);
        return text.ToString();
    }

    private static void Write(StringBuilder text, TableKey table, string path, AnswerFile answers)
    {
        foreach (var key in table.Keys.OfType<ValueKey>())
        {
            Write(text, key, Join(path, key.Name), key.Value!(answers));
        }

        foreach (var key in table.Keys)
        {
            var inner = Join(path, key.Name);
            if (key is TableKey deeper)
            {
                Open(text, deeper.Summary, inner, deeper.Keys.Any(k => k is ValueKey));
                Write(text, deeper, inner, answers);
            }
            else if (key is MapKey map)
            {
                Write(text, map, inner, answers);
            }
        }
    }

    private static void Open(StringBuilder text, string summary, string path, bool hasValues)
    {
        text.Append('\n');
        Comment(text, summary);
        if (hasValues)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{path}]\n");
        }
    }

    private static void Write(StringBuilder text, MapKey map, string path, AnswerFile answers)
    {
        Comment(text, map.Summary);
        if (map.Entry is TableKey entry)
        {
            foreach (var (name, change) in answers.Apps.Override)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{path}.{TomlText.Key(name)}]\n");
                WriteOverride(text, entry, change);
            }

            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"[{path}]\n");
        foreach (var (name, reason) in answers.Host.Accept)
        {
            text.Append(CultureInfo.InvariantCulture, $"{TomlText.Key(name)} = {TomlText.Of(reason)}\n");
        }
    }

    private static void WriteOverride(StringBuilder text, TableKey entry, AppOverride change)
    {
        foreach (var key in entry.Keys)
        {
            object? value = key.Name switch
            {
                "url" => change.Url,
                "ref" => change.Ref,
                "username" => change.Username,
                "token" => change.Token,
                _ => change.Requires,
            };
            if (value is not null)
            {
                RefuseLiteral(value, key.Name);
                text.Append(CultureInfo.InvariantCulture, $"{key.Name} = {TomlText.Of(value)}\n");
            }
        }
    }

    private static void Write(StringBuilder text, ValueKey key, string path, object? value)
    {
        Comment(text, key.Summary);
        RefuseLiteral(value, path);
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

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

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
