using System.Text;
using ErpInstaller.Core.Native;
using ErpInstaller.Terminal;

namespace ErpInstaller.Lines;

/// <summary>
/// Writes lines of text. On a terminal they wrap between words, and continuation lines are indented. In pipes and logs
/// they stay whole, so that grep finds them.
/// </summary>
/// <param name="width">Columns of the terminal, asked for each line because it can be resized. Null without a terminal
/// or a known width.</param>
/// <param name="canErase">Whether the terminal can erase a line.</param>
public sealed class PlainLines(TextWriter writer, Func<int?>? width = null, bool canErase = false)
{
    private const string EraseLine = "\r\x1b[K";
    private const int Narrowest = 40;

    private bool _hasPassing;
    private bool _isAscii;

    /// <summary>The standard output.</summary>
    public static PlainLines Output { get; } = To(Console.OpenStandardOutput(), 1);

    /// <summary>The standard error.</summary>
    public static PlainLines Errors { get; } = To(Console.OpenStandardError(), 2);

    /// <summary>Writes ASCII only from now on.</summary>
    public void UseAscii() => _isAscii = true;

    /// <summary>Writes a line.</summary>
    /// <param name="indent">Indentation of continuation lines, in columns.</param>
    public void Write(string line, int indent = 2)
    {
        ErasePassing();
        foreach (var part in Break(Shown(line), indent))
        {
            writer.WriteLine(part);
        }
    }

    /// <summary>
    /// Writes a line for copying. It is not wrapped here, so the terminal wraps it and copies it in one piece.
    /// </summary>
    public void WriteWhole(string line)
    {
        ErasePassing();
        writer.WriteLine(line);
    }

    /// <summary>
    /// Shows the present activity on a terminal until the next line replaces it. Writes nothing elsewhere.
    /// </summary>
    public void Pass(string line)
    {
        line = Shown(line);
        if (canErase && Columns is { } columns)
        {
            writer.Write(EraseLine + (line.Length < columns ? line : line[..(columns - 1)]));
            writer.Flush();
            _hasPassing = true;
        }
    }

    /// <summary>Erases the line of <see cref="Pass"/>.</summary>
    public void ErasePassing()
    {
        if (_hasPassing)
        {
            writer.Write(EraseLine);
            _hasPassing = false;
        }
    }

    // Lines for copying stay as they are: a password may have other letters.
    private string Shown(string line) => _isAscii ? AsciiFallback.ForAll(line) : line;

    private int? Columns => width?.Invoke() is { } columns ? Math.Max(columns, Narrowest) : null;

    // Not Console.Out, which switches a terminal to the keypad's application mode and leaves it there.
    private static PlainLines To(Stream stream, int descriptor) =>
        new(
            new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true },
            () => Libc.SizeOf(descriptor)?.Columns,
            Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb")
        );

    private IEnumerable<string> Break(string line, int indent)
    {
        var rest = line;
        for (var begin = 0; Columns is { } columns && rest.Length > columns; begin = indent)
        {
            // A word that is longer than the line is not split: it is a path, a digest or an address.
            var cut = rest.LastIndexOf(' ', columns, columns - begin);
            cut = cut > begin ? cut : rest.IndexOf(' ', columns);
            if (cut < 0)
            {
                break;
            }

            yield return rest[..cut].TrimEnd();
            rest = new string(' ', indent) + rest[cut..].TrimStart();
        }

        yield return rest;
    }
}
