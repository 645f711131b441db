using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using ErpInstaller.Attach;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Attach;

/// <summary>Faulty front ends: wrong commands, missing reads, another user.</summary>
public sealed class WireTests : IDisposable
{
    private static readonly string[] Install =
    [
        "install",
        "--rehearse",
        "--answers",
        Product.Sample,
        "--output",
        "json",
    ];

    private readonly Product _product = new();

    private string Socket => Path.Combine(_product.StateDirectory, "engine.sock");

    [Theory]
    [InlineData("hello", "not a command")]
    [InlineData("{\"command\":\"reboot\"}", "unknown command reboot")]
    [InlineData("null", "not a command")]
    public async Task A_line_that_is_no_command_gets_an_error_line(string sent, string answer)
    {
        using var install = _product.Start(Install);
        await install.UntilAsync("\"step\":\"image\"");
        using var socket = await ConnectAsync();

        await socket.SendAsync(Encoding.UTF8.GetBytes(sent + "\n"));
        using var reader = new StreamReader(new NetworkStream(socket));
        var lines = (await reader.ReadToEndAsync()).Split('\n');
        var ended = await install.EndAsync();

        Assert.Contains(lines, l =>
            l.Contains("\"type\":\"error\"", StringComparison.Ordinal) && l.Contains(answer, StringComparison.Ordinal)
        );
        Assert.Equal(0, ended.ExitCode);
    }

    [Fact]
    public async Task A_viewer_that_never_reads_does_not_delay_the_run()
    {
        using var install = _product.Start(Install);
        await install.UntilAsync("\"step\":\"image\"");
        using var silent = await ConnectAsync();

        var ended = await install.EndAsync();

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.False(File.Exists(Socket));
    }

    [Fact]
    public async Task Another_user_is_refused_although_the_files_would_let_them()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to run as another user");
        using var install = _product.Start(Install);
        await install.UntilAsync("\"step\":\"image\"");
        foreach (var path in (string[])[_product.In(""), _product.StateDirectory, Socket])
        {
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        }

        using var stranger = new RunningProgram(
            new ProcessStartInfo(
                "setpriv",
                ["--reuid=65534", "--clear-groups", Product.Binary, "attach", "--state-dir", _product.StateDirectory]
            )
        );
        var refused = await stranger.EndAsync();
        var ended = await install.EndAsync();

        refused.FailedWith(2, "this run belongs to the user with id 0; your id is 65534");
        Assert.DoesNotContain("host-checks", refused.Output, StringComparison.Ordinal);
        Assert.Equal(0, ended.ExitCode);
    }

    [Fact]
    public void A_slow_reader_loses_only_log_lines_and_gets_their_number()
    {
        var lines = new OutgoingLines(EventLine.Write);
        var padding = new string('x', 1000);
        foreach (var number in Enumerable.Range(0, 100_000))
        {
            Add(new Log("image", LogLevel.Output, $"{number} {padding}"));
            Add(new Progress("image", "building", number / 100_000.0));
        }

        Add(new StepFinished("image", StepStatus.Done, Skipped: false, 1, "built"));
        var sent = new List<EngineEvent>();
        while (lines.TryTake(out var line))
        {
            sent.Add(EventLine.Read(Encoding.UTF8.GetString(line)));
        }

        var dropped = Assert.IsType<LinesDropped>(sent[0]).Count;
        Assert.Equal(100_000, dropped + sent.Count(e => e is Log));
        Assert.StartsWith("99999 ", sent.OfType<Log>().Last().Line, StringComparison.Ordinal);
        Assert.Single(sent, e => e is Progress { Ratio: > 0.99 });
        Assert.IsType<StepFinished>(sent[^1]);

        void Add(EngineEvent happened) => Assert.True(lines.TryAdd(happened, EventLine.Write(happened)));
    }

    public void Dispose() => _product.Dispose();

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket));
        return socket;
    }
}
