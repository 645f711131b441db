using System.Globalization;
using System.Text;

namespace ErpInstaller.Tests.Fuzz;

/// <summary>Changes a sample in a few places. The same random numbers give the same input.</summary>
internal static class Mutation
{
    private static readonly byte[][] Parts =
    [
        .. new[]
        {
            "\0",
            "\t",
            "\n",
            "\r",
            "\r\n",
            "\e",
            "\e[",
            "\e]0;x\a",
            "\eP",
            "\e[31m",
            "\eO",
            "\e[[",
            "\x7f",
            "\u0085",
            "\u009b",
            "\"",
            "\"\"\"",
            "'",
            "'''",
            "\\",
            "\\u",
            "\\U",
            "\\x",
            "\\ud800",
            "\\U00110000",
            "[",
            "]",
            "{",
            "}",
            "[[",
            "]]",
            "(",
            ")",
            "=",
            ":",
            ";",
            ",",
            ".",
            "#",
            "-",
            "--",
            "+",
            "/",
            "//",
            "@",
            "%",
            "%s",
            "$",
            "~",
            "_",
            "^{}",
            "refs/tags/",
            "null",
            "true",
            "false",
            "{}",
            "[]",
            "\"\"",
            "-1",
            "0",
            "1e999",
            "0x",
            "inf",
            "nan",
            "2147483648",
            "9223372036854775808",
            "99999999999999999999",
            "1979-05-27T07:32:00Z",
            "-----BEGIN ",
            "-----END ",
            "-----",
            "é",
            "“",
            "\u00a0",
            "\u200b",
            "\ufeff",
            "\u202e",
            "漢",
            "🚀",
            "e\u0301",
            "a.b.c",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff],
        [0xfe, 0xff],
        [0xc3],
        [0xed, 0xa0, 0x80],
        [0xf0, 0x9f],
        Encoding.UTF8.GetBytes(new string('[', 300)),
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a.", 300))),
    ];

    /// <summary>An input from one of the samples, or from two.</summary>
    public static byte[] Of(IReadOnlyList<byte[]> samples, Random random)
    {
        var input = samples[random.Next(samples.Count)].ToList();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            Change(input, samples, random);
        }

        return [.. input];
    }

    private static void Change(List<byte> input, IReadOnlyList<byte[]> samples, Random random)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(1 + (random.Next(4) == 0 ? random.Next(200) : random.Next(8)), input.Count - at);
        switch (random.Next(8))
        {
            case 0:
                input.RemoveRange(at, length);
                break;
            case 1:
                input.InsertRange(random.Next(input.Count + 1), input.GetRange(at, length));
                break;
            case 2 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 3 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 4 when random.Next(3) == 0:
                input.RemoveRange(at, input.Count - at);
                break;
            case 5:
                var other = samples[random.Next(samples.Count)];
                var from = random.Next(other.Length + 1);
                input.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(100))]);
                break;
            case 6 when input.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9') is >= 0 and var digit:
                input[digit] = (byte)'-';
                input.InsertRange(digit, Encoding.ASCII.GetBytes(Number(random)));
                break;
            default:
                input.RemoveRange(at, random.Next(2) * length);
                input.InsertRange(at, Parts[random.Next(Parts.Length)]);
                break;
        }
    }

    private static string Number(Random random) =>
        (random.NextInt64() >> random.Next(63)).ToString(CultureInfo.InvariantCulture);
}
