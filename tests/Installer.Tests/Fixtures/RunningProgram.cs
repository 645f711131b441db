using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>The running program: a test reads its lines and sends signals.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _read = new();
    private readonly Task<string> _errors;

    // Read continuously: a full pipe would block the program while the test waits for something else.
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task _reading;

    public RunningProgram(ProcessStartInfo how)
    {
        how.RedirectStandardInput = how.RedirectStandardOutput = how.RedirectStandardError = true;
        _process = Process.Start(how)!;
        _process.StandardInput.Close();
        _errors = _process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    /// <summary>Its process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Reads its output up to a line with a text.</summary>
    public async Task<string> UntilAsync(string text)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            _read.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        Assert.Fail($"ended without “{text}”:\n{_read}{await _errors}");
        return "";
    }

    /// <summary>Sends a signal: TERM, STOP, CONT, KILL.</summary>
    public void Send(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<ProductRun> EndAsync()
    {
        await _reading;
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            _read.AppendLine(line);
        }

        await _process.WaitForExitAsync();
        return new ProductRun(_process.ExitCode, _read.ToString(), await _errors);
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
