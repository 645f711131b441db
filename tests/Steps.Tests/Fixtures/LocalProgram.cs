using System.Diagnostics;
using ErpInstaller.Rehearsal;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// Runs the commands of rehearsed containers as processes of this host, with pipes. As Nomad's docker driver, it drops
/// what it has not passed on when the process ends.
/// </summary>
internal static class LocalProgram
{
    /// <summary>A <see cref="RehearsedProgram"/>.</summary>
    public static async Task<int> RunAsync(RehearsedCommand command, CancellationToken cancellation)
    {
        using var process = Process.Start(
            // A command in a container begins a session, and ignores no signal that the tests ignore.
            new ProcessStartInfo("setsid", ["env", "--default-signal", .. command.Words])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        using var ended = new CancellationTokenSource();
        _ = FeedAsync(command, process.StandardInput.BaseStream, cancellation);
        var passing = Task.WhenAll(
            PassOnAsync(command, isError: false, process.StandardOutput.BaseStream, ended.Token),
            PassOnAsync(command, isError: true, process.StandardError.BaseStream, ended.Token)
        );
        await process.WaitForExitAsync(CancellationToken.None);
        await ended.CancelAsync();
        await passing;
        return process.ExitCode;
    }

    private static async Task FeedAsync(RehearsedCommand command, Stream input, CancellationToken cancellation)
    {
        try
        {
            await using (input)
            {
                await command.Input.CopyToAsync(input, cancellation);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The process has ended.
        }
    }

    private static async Task PassOnAsync(
        RehearsedCommand command,
        bool isError,
        Stream output,
        CancellationToken ended
    )
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (!ended.IsCancellationRequested && await output.ReadAsync(buffer, ended) is > 0 and var read)
            {
                await command.WriteAsync(isError, buffer.AsMemory(0, read));
            }
        }
        catch (OperationCanceledException)
        {
            // The rest is lost.
        }
    }
}
