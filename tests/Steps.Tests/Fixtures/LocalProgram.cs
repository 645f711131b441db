using System.Diagnostics;
using ErpInstaller.Rehearsal;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>Runs the commands of rehearsed containers as processes of this host, with pipes.</summary>
internal static class LocalProgram
{
    /// <summary>A <see cref="RehearsedProgram"/>.</summary>
    public static async Task<int> RunAsync(RehearsedCommand command, CancellationToken cancellation)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command.Words[0], command.Words.Skip(1))
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var feeding = FeedAsync(command, process.StandardInput.BaseStream, cancellation);
        await Task.WhenAll(
            PassOnAsync(command, isError: false, process.StandardOutput.BaseStream),
            PassOnAsync(command, isError: true, process.StandardError.BaseStream)
        );
        await process.WaitForExitAsync(CancellationToken.None);
        _ = feeding;
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

    private static async Task PassOnAsync(RehearsedCommand command, bool isError, Stream output)
    {
        var buffer = new byte[16 * 1024];
        while (await output.ReadAsync(buffer) is > 0 and var read)
        {
            await command.WriteAsync(isError, buffer.AsMemory(0, read));
        }
    }
}
