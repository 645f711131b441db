using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Screens;

/// <summary>The real program in tmux. The test presses keys and reads the screen as the operator does.</summary>
internal sealed class TmuxSession : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly Product _product;
    private readonly (int Columns, int Rows) _size;
    private int _starts;

    private TmuxSession(Product product, (int Columns, int Rows) size) => (_product, _size) = (product, size);

    /// <summary>Starts the full screen of a rehearsal. Without tmux the test is skipped.</summary>
    public static async Task<TmuxSession> StartAsync(Product product, int columns, int rows)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/tmux"), "needs tmux");
        var session = new TmuxSession(product, (columns, rows));
        await session.StartAgainAsync();
        return session;
    }

    /// <summary>Starts the program again after its end.</summary>
    public async Task StartAgainAsync()
    {
        // A new server each time: the previous one may still be ending.
        _starts++;
        await TmuxAsync(
            "new-session",
            "-d",
            "-x",
            $"{_size.Columns}",
            "-y",
            $"{_size.Rows}",
            Product.Binary,
            "--rehearse",
            "--state-dir",
            _product.StateDirectory
        );
    }

    /// <summary>The screen: its rows without blanks at their ends.</summary>
    public async Task<string> ScreenAsync()
    {
        var text = (await TmuxAsync("capture-pane", "-p")).StandardOutput;
        return string.Join('\n', text.TrimEnd('\n').Split('\n').Select(row => row.TrimEnd())) + "\n";
    }

    /// <summary>Presses a key, given by its name in tmux.</summary>
    public async Task PressAsync(string key) => await TmuxAsync("send-keys", key);

    /// <summary>Types a text.</summary>
    public async Task TypeAsync(string text) => await TmuxAsync("send-keys", "-l", text);

    /// <summary>Waits for a screen with all of the texts.</summary>
    /// <returns>That screen.</returns>
    public Task<string> SeesAsync(params string[] texts) =>
        UntilAsync(
            screen => texts.All(text => screen.Contains(text, StringComparison.Ordinal)),
            $"waited for “{string.Join("”, “", texts)}”"
        );

    /// <summary>Waits for a screen.</summary>
    /// <returns>That screen.</returns>
    public async Task<string> UntilAsync(Func<string, bool> isWanted, string what)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var screen = await ScreenAsync();
            if (isWanted(screen))
            {
                return screen;
            }

            Assert.True(since.Elapsed < Deadline, $"{what}; there was:\n{screen}");
            await Task.Delay(50);
        }
    }

    /// <summary>Kills the program with a signal that it cannot catch: <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        var pid = (await TmuxAsync("display-message", "-p", "#{pane_pid}")).StandardOutput.Trim();
        await Cli.Wrap("kill").WithArguments(["-KILL", pid]).ExecuteAsync();
        await EndsAsync();
    }

    /// <summary>Waits for the program's end.</summary>
    public async Task EndsAsync()
    {
        var since = Stopwatch.StartNew();
        while ((await TmuxAsync(CommandResultValidation.None, "has-session")).ExitCode == 0)
        {
            Assert.True(since.Elapsed < Deadline, "waited for the end");
            await Task.Delay(50);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await TmuxAsync(CommandResultValidation.None, "kill-server");

    private Task<BufferedCommandResult> TmuxAsync(params string[] arguments) =>
        TmuxAsync(CommandResultValidation.ZeroExitCode, arguments);

    private async Task<BufferedCommandResult> TmuxAsync(CommandResultValidation validation, params string[] arguments)
    {
        var variables = new Dictionary<string, string?>(_product.Environments)
        {
            ["LC_ALL"] = "C.UTF-8",
            ["ERP_INSTALLER_CALLED"] = "./erp-installer",
            ["NO_COLOR"] = null,
            ["COLORTERM"] = null,
            ["TMUX"] = null,
        };
        return await Cli.Wrap("tmux")
            .WithArguments(["-u", "-f", "/dev/null", "-S", _product.In($"tmux-{_starts}"), .. arguments])
            .WithEnvironmentVariables(variables)
            .WithValidation(validation)
            .ExecuteBufferedAsync();
    }
}
