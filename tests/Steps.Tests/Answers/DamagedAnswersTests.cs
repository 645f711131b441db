using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Tests.Fixtures;
using Tomlyn.Parsing;

namespace ErpInstaller.Tests.Answers;

public sealed class DamagedAnswersTests
{
    private const int Attempts = 1000;
    private static readonly string[] Signs =
    [
        "[",
        "]",
        "{",
        "}",
        "=",
        "\"",
        "\"\"\"",
        "'",
        "\\",
        ".",
        ",",
        "#",
        "\n",
        "\r",
        "\t",
        "-",
        "0",
        "e",
        "\u0001",
        "é",
    ];

    private static readonly string Sample = File.ReadAllText(Repository.In("installer.toml"));

    [Fact]
    public void A_randomly_cut_and_mixed_sample_is_read_or_refused_with_line_numbers()
    {
        var random = new Random(20261123);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var text = Mutilate(random);
            try
            {
                AnswersReader.ReadText(text, "installer.toml", AnswerCases.Known);
                Assert.False(SyntaxParser.Parse(text).HasErrors, text);
            }
            catch (AnswersInvalid refusal)
            {
                var lines = text.Split('\n');
                Assert.NotEmpty(refusal.Problems);
                Assert.All(refusal.Problems, p => Assert.InRange(p.Line, 1, lines.Length));
                Assert.All(refusal.Problems, p => Assert.InRange(p.Column, 1, lines[p.Line - 1].Length + 1));
                Assert.All(refusal.Problems, p => Assert.DoesNotContain('\n', p.ToString()));
            }
        }
    }

    private static string Mutilate(Random random)
    {
        var text = Sample;
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var from = random.Next(text.Length);
            var length = random.Next(Math.Min(40, text.Length - from));
            text = random.Next(4) switch
            {
                0 => text.Remove(from, length),
                1 => text.Insert(from, text.Substring(random.Next(text.Length - length), length)),
                2 => text.Insert(from, Signs[random.Next(Signs.Length)]),
                _ => text[..Math.Max(from, 1)],
            };
        }

        return text;
    }
}
