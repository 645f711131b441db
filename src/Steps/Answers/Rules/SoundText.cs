using System.Text;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>
/// Writes the good part of a file as TOML again, each table in one piece, for Tomlyn's generated reading: that one would
/// keep only the last part of a table that the file splits.
/// </summary>
internal static class SoundText
{
    /// <summary>One line for each key at the top.</summary>
    public static string Of(CheckedKeys keys)
    {
        var text = new StringBuilder();
        foreach (var member in keys.Root.Members)
        {
            WritePair(text, member, AnswerKeys.File.Find(member.Name));
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void WritePair(StringBuilder text, Member member, AnswerKey? key)
    {
        text.Append(TomlText.Of(member.Name));
        text.Append(" = ");
        Write(text, member.Value, key);
    }

    private static void Write(StringBuilder text, TomlNode node, AnswerKey? key)
    {
        switch (node)
        {
            case TextNode found:
                text.Append(TomlText.Of(found.Value));
                break;
            case NumberNode number:
                text.Append(number.Value);
                break;
            case ListNode list:
                WriteAll(text, "[", list.Items, item => Write(text, item, null), "]");
                break;
            case TableNode table:
                WriteAll(
                    text,
                    "{",
                    [.. table.Members, .. Defaults(table, key)],
                    m => WritePair(text, m, Below(key, m.Name)),
                    "}"
                );
                break;
        }
    }

    private static AnswerKey? Below(AnswerKey? key, string name) =>
        key switch
        {
            TableKey table => table.Find(name),
            MapKey map => map.Entry,
            _ => null,
        };

    // A record made anew knows no defaults that its owner gave it: [resources.backend] with cpu alone keeps its memory.
    private static IEnumerable<Member> Defaults(TableNode table, AnswerKey? key) =>
        from number in (key as TableKey)?.Keys.OfType<NumberKey>() ?? []
        where table.Find(number.Name) is null && number.Default is not null
        select new Member(number.Name, default, new NumberNode(default, (int)number.Default!));

    private static void WriteAll<T>(StringBuilder text, string open, List<T> items, Action<T> write, string close)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? " " : ", ");
            write(items[i]);
        }

        text.Append(close);
    }
}
