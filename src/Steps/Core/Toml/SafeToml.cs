using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace ErpInstaller.Core.Toml;

/// <summary>A text cannot be read as TOML.</summary>
/// <param name="fault">The place and the problem.</param>
internal sealed class TomlUnreadable(TomlFault fault, Exception cause) : Exception(fault.What, cause)
{
    /// <summary>The place and the problem.</summary>
    public TomlFault Fault => fault;
}

/// <summary>
/// The only calls of Tomlyn's parser. Tomlyn 2.10.2 throws <see cref="ArgumentOutOfRangeException"/> for some escapes,
/// for example when the text ends in <c>"\</c>. Every exception becomes a <see cref="TomlUnreadable"/> here.
/// </summary>
internal static class SafeToml
{
    /// <summary>The problem of a text that makes Tomlyn fail: so far, it was always an escape.</summary>
    public const string BadEscape = "TOML does not know this escape; in '…' a backslash is an ordinary character";

    /// <summary>Reads a text into an object.</summary>
    /// <exception cref="TomlUnreadable">It is not TOML, or not of this type.</exception>
    public static T Read<T>(string text, TomlTypeInfo<T> type)
        where T : class =>
        Try(text, t => TomlSerializer.Deserialize(t, type) ?? throw new TomlException("the file is empty"));

    /// <summary>The syntax tree of a text. Syntax errors are in its diagnostics.</summary>
    /// <exception cref="TomlUnreadable">Tables are nested too deeply, or the parser failed.</exception>
    public static DocumentSyntax Parse(string text) => Try(text, t => SyntaxParser.Parse(t, validate: false));

    private static T Try<T>(string text, Func<string, T> read)
    {
        try
        {
            return read(text);
        }
        catch (TomlException e)
        {
            throw new TomlUnreadable(TomlFault.Of(e), e);
        }
#pragma warning disable CA1031 // No file may end in an internal fault, whatever the parser throws.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var place = PlaceIn(text, t => Fails(t, read));
            throw new TomlUnreadable(new TomlFault(place.Line, place.Column, BadEscape), e);
        }
    }

    // The exception has no place. The parser fails from the line with the cause on, so halving finds this line.
    private static Place PlaceIn(string text, Func<string, bool> fails)
    {
        var lines = text.Split('\n');
        var (good, bad) = (0, lines.Length);
        while (bad - good > 1)
        {
            var middle = (good + bad) / 2;
            (good, bad) = fails(string.Join('\n', lines[..middle]) + "\n") ? (good, middle) : (middle, bad);
        }

        return new Place(bad, Math.Max(lines[bad - 1].LastIndexOf('\\') + 1, 1));
    }

    private static bool Fails<T>(string text, Func<string, T> read)
    {
        try
        {
            read(text);
            return false;
        }
        catch (TomlException)
        {
            return false;
        }
#pragma warning disable CA1031 // This is the question.
        catch (Exception)
#pragma warning restore CA1031
        {
            return true;
        }
    }
}
