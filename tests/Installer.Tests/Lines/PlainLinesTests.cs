using ErpInstaller.Lines;

namespace ErpInstaller.Tests.Lines;

/// <summary>Lines at 80 columns, and in pipes.</summary>
public sealed class PlainLinesTests : IDisposable
{
    private const string Check =
        "pass     disk               180.0 GB free on / (Docker: /var/lib/docker, temporary files: /tmp); needed: 50 "
        + "GB free";
    private readonly StringWriter _written = new() { NewLine = "\n" };
    private int? _columns = 80;

    [Fact]
    public void A_long_line_breaks_between_words_and_keeps_to_its_column()
    {
        Terminal().Write(Check, indent: 28);

        Assert.Equal(
            """
            pass     disk               180.0 GB free on / (Docker: /var/lib/docker,
                                        temporary files: /tmp); needed: 50 GB free

            """,
            _written.ToString()
        );
    }

    [Fact]
    public void In_a_pipe_lines_stay_whole_and_temporary_progress_is_not_written()
    {
        var lines = new PlainLines(_written);

        lines.Pass("host-checks: git: looked at");
        lines.Write(Check, indent: 28);

        Assert.Equal(Check + "\n", _written.ToString());
    }

    [Fact]
    public void A_command_to_copy_is_never_broken()
    {
        Terminal().WriteWhole("hint: " + new string('x', 100) + " y");

        Assert.Single(_written.ToString().TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_word_that_is_longer_than_the_line_stays_in_one_piece()
    {
        var digest = "frappe/build@sha256:" + new string('a', 64);

        Terminal().Write($"  + image {digest} on this engine: pull", indent: 6);

        Assert.Equal($"  + image\n      {digest}\n      on this engine: pull\n", _written.ToString());
    }

    [Theory]
    [InlineData(79)]
    [InlineData(80)]
    public void A_line_that_fits_is_left_alone(int length)
    {
        Terminal().Write(new string('x', length));

        Assert.Equal(new string('x', length) + "\n", _written.ToString());
    }

    [Fact]
    public void A_terminal_that_does_not_know_its_width_breaks_lines_itself()
    {
        _columns = null;

        Terminal().Write(Check);

        Assert.Equal(Check + "\n", _written.ToString());
    }

    [Fact]
    public void Temporary_progress_leaves_no_trace_and_fits_one_row()
    {
        var lines = Terminal();

        lines.Pass(new string('a', 200));
        lines.Write("the table");

        Assert.Equal($"\r\e[K{new string('a', 79)}\r\e[Kthe table\n", _written.ToString());
    }

    public void Dispose() => _written.Dispose();

    private PlainLines Terminal() => new(_written, () => _columns, canErase: true);
}
