using ErpInstaller.Core.Text;

namespace ErpInstaller.Answers.Rules;

/// <summary>A file that is not UTF-8 text: its encoding or format, by its first bytes.</summary>
/// <param name="Is">The encoding or format, for a sentence: <c>UTF-16</c>.</param>
/// <param name="Hint">How it becomes UTF-8 text; the file's path is <c>FILE</c>.</param>
internal sealed record ForeignEncoding(string Is, string Hint)
{
    // Longer marks come before shorter ones: the mark of UTF-32 begins with that of UTF-16.
    private static readonly (byte[] Mark, ForeignEncoding Encoding)[] Marks =
    [
        ([0xff, 0xfe, 0, 0], Converted("UTF-32", "utf-32")),
        ([0, 0, 0xfe, 0xff], Converted("UTF-32", "utf-32")),
        ([0xff, 0xfe], Converted("UTF-16", "utf-16")),
        ([0xfe, 0xff], Converted("UTF-16", "utf-16")),
        ([0x84, 0x31, 0x95, 0x33], Converted("GB18030", "gb18030")),
        ([0x1f, 0x8b], new("compressed (gzip)", "Decompress it: gunzip -c FILE > NEW")),
        ("PK\u0003\u0004"u8.ToArray(), new("a ZIP archive or an office document", SaveAsText)),
        ("{\\rtf"u8.ToArray(), new("an RTF document", SaveAsText)),
        ("%PDF"u8.ToArray(), new("a PDF document", SaveAsText)),
        ("<!DOCTYPE html"u8.ToArray(), Page),
        ("<!doctype html"u8.ToArray(), Page),
        ("<html"u8.ToArray(), Page),
    ];

    private const string SaveAsText = "Save it as plain text in UTF-8, or start from the sample installer.toml.";

    private static ForeignEncoding Page => new("an HTML page", "Download the file itself, on GitHub with “Raw”.");

    /// <summary>Null if the bytes do not begin like another encoding or format.</summary>
    public static ForeignEncoding? Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var (mark, encoding) in Marks)
        {
            if (bytes.StartsWith(mark))
            {
                return encoding;
            }
        }

        return WithoutMark(bytes);
    }

    /// <summary>
    /// For bytes that are no UTF-8 and have no mark. Single bytes do not tell their encoding; this is the usual one of
    /// Windows, which Latin-1 is a part of.
    /// </summary>
    public static ForeignEncoding SingleBytes { get; } = Converted("", "windows-1252");

    // An answer file begins with ASCII, so UTF-16 and UTF-32 without a mark have zeros at fixed places.
    private static ForeignEncoding? WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [not 0, 0, 0, 0, ..] => Converted("UTF-32", "utf-32le"),
            [0, 0, 0, not 0, ..] => Converted("UTF-32", "utf-32be"),
            [not 0, 0, not 0, 0, ..] => Converted("UTF-16", "utf-16le"),
            [0, not 0, 0, not 0, ..] => Converted("UTF-16", "utf-16be"),
            _ => null,
        };

    private static ForeignEncoding Converted(string name, string iconv) =>
        new(name, $"Convert it: iconv -f {iconv} -t utf-8 FILE > NEW");

    /// <summary>The hint for a file, with its path.</summary>
    public string HintFor(string path) =>
        Hint.Replace("FILE > NEW", $"{ShellWord.Of(path)} > {ShellWord.Of(path + ".utf8")}", StringComparison.Ordinal);
}
