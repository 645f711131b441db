using System.Text.RegularExpressions;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Json;

/// <summary>The documentation comments of the records that are sent as JSON.</summary>
internal static partial class SourceComments
{
    private const string Comment = @"(?<comment>(?:[ ]*///[^\n]*\n)+)";

    private static readonly string[] Files =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src", "Steps"), "*.cs", SearchOption.AllDirectories)
            .Where(p => !p.Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText),
    ];

    /// <summary>The summary of a record.</summary>
    public static string Of(Type record) => Plain(Tag(CommentOf(record).Comment, "summary") ?? "");

    /// <summary>What a member of a record means; empty: its comment does not say.</summary>
    public static string Of(Type record, string member) =>
        OfItself(record, member) is { Length: > 0 } said ? said
        : record.BaseType is { } parent && parent != typeof(object) ? Of(parent, member)
        : "";

    private static string OfItself(Type record, string member)
    {
        var (comment, body) = CommentOf(record);
        var parameter = Regex.Match(comment, $"<param name=\"{member}\">(?<text>.*?)</param>", RegexOptions.Singleline);
        if (parameter.Success)
        {
            return Plain(parameter.Groups["text"].Value);
        }

        var property = Regex.Match(body, $@"{Comment}(?:[ ]*\[[^\n]*\n)*[ ]*public [^\n(]*\b{member} \{{");
        return property.Success ? Plain(Tag(property.Groups["comment"].Value, "summary") ?? "") : "";
    }

    private static (string Comment, string Body) CommentOf(Type record)
    {
        foreach (var text in Files)
        {
            var found = Regex.Match(
                text,
                $@"{Comment}(?:\[[^\n]*\n)*[a-z ]*\brecord {record.Name}\b(?<body>.*?)(?=\n/// <summary>|\z)",
                RegexOptions.Singleline
            );
            if (found.Success)
            {
                return (found.Groups["comment"].Value, found.Groups["body"].Value);
            }
        }

        return ("", "");
    }

    private static string? Tag(string comment, string name)
    {
        var found = Regex.Match(comment, $"<{name}>(?<text>.*?)</{name}>", RegexOptions.Singleline);
        return found.Success ? found.Groups["text"].Value : null;
    }

    private static string Plain(string text)
    {
        text = LineStart().Replace(text, " ");
        text = Code().Replace(text, "`$1`");
        text = Reference().Replace(text, m => m.Groups[1].Value.Split('.')[^1]);
        return Spaces().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\n\s*///")]
    private static partial Regex LineStart();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Code();

    [GeneratedRegex("<(?:see|paramref) (?:cref|name)=\"(.*?)\"/>")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
