using System.Text;
using ErpInstaller.Terminal;

namespace ErpInstaller.Lines;

/// <summary>
/// Lines for people. On a terminal they break between words at its width, the rest indented; in pipes and logs they stay
/// whole, so that grep finds them.
/// </summary>
/// <param name="width">Columns of the terminal, asked anew for each line: it can be resized. Null: no terminal, or one that does not know.</param>
/// <param name="canErase">A line on the terminal can be taken back.</param>
public sealed class PlainLines(TextWriter writer, Func<int?>? width = null, bool canErase = false)
{
    private const string EraseLine = "\r\x1b[K";
    private const int Narrowest = 40;

    private bool _hasPassing;

    /// <summary>What the program says.</summary>
    public static PlainLines Output { get; } = To(Console.OpenStandardOutput(), 1);

    /// <summary>What went wrong.</summary>
    public static PlainLines Errors { get; } = To(Console.OpenStandardError(), 2);

    /// <summary>Writes a line.</summary>
    /// <param name="indent">Columns that the rest of a broken line is indented by.</param>
    public void Write(string line, int indent = 2)
    {
        ErasePassing();
        foreach (var part in Break(line, indent))
        {
            writer.WriteLine(part);
        }
    }

    /// <summary>Writes a line that is to be copied: where it is too long the terminal breaks it, and gives it back in one piece.</summary>
    public void WriteWhole(string line)
    {
        ErasePassing();
        writer.WriteLine(line);
    }

    /// <summary>Shows on a terminal what is being done, until the next line takes its place. Elsewhere it is not worth a line.</summary>
    public void Pass(string line)
    {
        if (canErase && Columns is { } columns)
        {
            writer.Write(EraseLine + (line.Length < columns ? line : line[..(columns - 1)]));
            writer.Flush();
            _hasPassing = true;
        }
    }

    /// <summary>Takes back what <see cref="Pass"/> shows.</summary>
    public void ErasePassing()
    {
        if (_hasPassing)
        {
            writer.Write(EraseLine);
            _hasPassing = false;
        }
    }

    private int? Columns => width?.Invoke() is { } columns ? Math.Max(columns, Narrowest) : null;

    // Not Console.Out: on a terminal that one first turns on the keypad's application mode, and leaves it so.
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
            // A word that is longer than the line stays in one piece: it is a path, a digest or an address.
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
