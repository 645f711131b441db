using System.Diagnostics;
using System.Runtime.CompilerServices;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>
/// Starts a run in its own process and session. It continues when the terminal, the connection or the front end
/// that started it is gone.
/// </summary>
public static class EngineProcess
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Starts a run and connects with it. Once started, the run continues even if this wait is cancelled.
    /// </summary>
    /// <exception cref="InstallerException">The process ended before the run began, for example because of wrong
    /// answers or a held run lock.</exception>
    /// <exception cref="StateDirectoryUnusable">The directory cannot be written.</exception>
    public static async Task<EngineConnection> StartAsync(EngineStart start, CancellationToken cancellation)
    {
        start.Directory.Prepare();
        using var process = Process.Start(How(start))
            ?? throw AttachErrors.EngineNotStarted("No process was started", []);
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Deadline);
        try
        {
            // Both end with the process. After the connection they are no longer read.
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            return await ConnectAsync(start.Directory, process, output, deadline.Token)
                ?? Ended(start.Directory, process.Id, await output, await errors);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw AttachErrors.EngineNotStarted(
                $"The run's process (pid {process.Id}) does not answer after {Deadline.TotalSeconds:0} s",
                []
            );
        }
        finally
        {
            await deadline.CancelAsync();
        }
    }

    /// <returns>Null if the process ended before that.</returns>
    private static async Task<EngineConnection?> ConnectAsync(
        StateDirectory directory,
        Process process,
        Task output,
        CancellationToken cancellation
    )
    {
        while (!output.IsCompleted)
        {
            if (await EngineConnection.TryOpenAsync(directory, cancellation) is { } connection)
            {
                if (connection.ProcessId == process.Id)
                {
                    return connection;
                }

                // Another run holds the directory; ours will report that.
                await connection.DisposeAsync();
            }

            await Task.Delay(Pause, cancellation);
        }

        return null;
    }

    private static EngineConnection Ended(StateDirectory directory, int process, string output, string errors)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var events = lines.Select(EventLine.Read).ToList();
        if (events.Exists(e => e is RunStarted))
        {
            return EngineConnection.Replay(output, directory, process);
        }

        throw events.LastOrDefault() is Finished result
            ? AttachErrors.EngineNotStarted(result)
            : AttachErrors.EngineNotStarted(
                "The run's process ended before the run started",
                [.. (output + errors).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(TerminalText.Clean)]
            );
    }

    private static ProcessStartInfo How(EngineStart start)
    {
        var how = new ProcessStartInfo(start.Program ?? ThisProgram(), start.Arguments())
        {
            // Redirect all three, so that .NET leaves the terminal's settings alone.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in start.Environment)
        {
            how.Environment[name] = value;
        }

        return how;
    }

    // Not native (dotnet run, a test): the process is the .NET host, and the program is beside its assembly.
    private static string ThisProgram()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "erp-installer");
        return RuntimeFeature.IsDynamicCodeSupported && File.Exists(beside) ? beside : Environment.ProcessPath!;
    }
}
