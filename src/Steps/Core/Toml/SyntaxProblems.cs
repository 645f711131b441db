using Tomlyn.Syntax;

namespace ErpInstaller.Core.Toml;

/// <summary>
/// Translates the parser's errors for the operator. The parser's own messages quote the file, which may contain an
/// unquoted secret.
/// </summary>
internal static class SyntaxProblems
{
    private const string QuoteMissing = "the quote that closes the text is missing";
    private const string BracketMissing = "the bracket that closes the table's name is missing";

    /// <summary>Reports one error per line and leaves out errors that follow from it.</summary>
    public static void Report(DocumentSyntax syntax, string text, ProblemList problems)
    {
        var lines = text.Split('\n');
        var (last, said) = (-1, "");
        foreach (var error in syntax.Diagnostics.OrderBy(e => IsAtEnd(e) ? int.MaxValue : e.Span.Start.Offset))
        {
            var place = IsAtEnd(error) ? EndOf(text) : Place.Of(error.Span.Start);
            if (
                place.Line == last
                || (place.Line == last + 1 && (place.Column == 1 || said is QuoteMissing or BracketMissing))
            )
            {
                continue;
            }

            // The parser complains behind a typographic quote or a no-break space, or only about the next character.
            var foreign = ForeignCharacter.In(lines[place.Line - 1]);
            (last, said) = (place.Line, foreign?.Problem ?? Say(error.Message));
            problems.AddBroken(
                foreign is { Column: var column } ? new Place(place.Line, column) : place,
                BrokenLine.KeyOf(lines, place.Line),
                said
            );
        }
    }

    // For the end of the file, the parser reports the position of the first character.
    private static bool IsAtEnd(DiagnosticMessage error) =>
        error.Span.Start.Offset == 0
        && error.Span.End.Offset == 0
        && !error.Message.StartsWith("Unexpected token [", StringComparison.Ordinal)
        && !error.Message.StartsWith("Invalid", StringComparison.Ordinal);

    private static Place EndOf(string text)
    {
        var content = text.AsSpan().TrimEnd();
        var line = content.Count('\n');
        return new Place(line + 1, content.Length - content.LastIndexOf('\n'));
    }

    private static string Say(string message) =>
        message switch
        {
            _ when Has(message, "for a value") || Has(message, "expecting a value") =>
                "a value is expected here; text needs quotes",
            _ when Has(message, "Expecting `=`") => "after the key an = is expected",
            _ when Has(message, "newline in a string") || Has(message, "End-Of-File") => QuoteMissing,
            _ when Has(message, "while expecting `]") => BracketMissing,
            _ when Has(message, "newline`)") || Has(message, "token `newline`") =>
                "the line goes on where it should end",
            _ when Has(message, "separate items") => "a comma is missing between two items",
            _ when Has(message, "closing `]`") => "the bracket that closes the list is missing",
            _ when Has(message, "inline table") || Has(message, "while expecting `}") =>
                "between the braces a key = value, a comma or the closing brace is expected",
            _ when Has(message, "scape") => SafeToml.BadEscape,
            _ when Has(message, "Unicode scalar") =>
                "\\u and \\U need the number of a character: 0 to 10FFFF in hexadecimal, without D800 to DFFF",
            _ when Has(message, "leading zero") || Has(message, "leading 0") => "a number must not begin with 0",
            _ when Has(message, "control character") => "a control character is here",
            _ when Has(message, "\\r not followed") =>
                "a carriage return has no line feed after it; lines end with \\n or \\r\\n",
            _ when Has(message, "integer")
                    || Has(message, "float")
                    || Has(message, "digit")
                    || Has(message, "nderscore") => "this is no number",
            _ when Has(message, "time") => "this is not a date or time; text needs quotes",
            _ when Has(message, "base key") => "a key is expected here",
            _ => "this is not TOML",
        };

    private static bool Has(string message, string part) => message.Contains(part, StringComparison.Ordinal);
}
