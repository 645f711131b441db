using ErpInstaller.Answers;
using ErpInstaller.Containers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Lines;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;
using ErpInstaller.Terminal;

namespace ErpInstaller.CommandLine;

/// <summary>
/// A command in a container whose streams are those of this process. On a terminal it gets a terminal; otherwise its
/// stdin, stdout and stderr stay apart. Its exit code becomes that of this process.
/// </summary>
internal sealed class ContainerSession(Session session, Installation installation)
{
    // As a shell reports the end by SIGPIPE.
    private const int OutputClosed = 128 + 13;

    /// <summary>Runs it to its end.</summary>
    /// <param name="words">The program and its arguments.</param>
    public async Task<ExitCode> RunAsync(
        ContainerGroup group,
        IReadOnlyList<string> words,
        CancellationToken cancellation
    )
    {
        var isJson = session.Options.Output == OutputFormat.Json;
        var hasTerminal = !isJson && OperatorStreams.AreTerminal;
        if (installation.World.IsRehearsal && !isJson)
        {
            PlainLines.Errors.Write(RehearsalWords.Simulated);
        }

        var container = await new ContainerFinder(installation).FindRunningAsync(group, cancellation);
        var command = container.Command(words) with
        {
            HasTerminal = hasTerminal,

            // What is typed at a terminal is not meant for a command whose output goes to a file.
            TakesInput = OperatorStreams.HasInput,
        };
        using var exec = await installation.World.Nomad.OpenAsync(command, cancellation);
        return isJson ? await TellAsync(exec, container, cancellation)
            : hasTerminal ? await OnTerminalAsync(exec, cancellation)
            : await InPipesAsync(exec, cancellation);
    }

    private static async Task<ExitCode> OnTerminalAsync(NomadExec exec, CancellationToken cancellation)
    {
        using var terminal = new LentTerminal(
            (columns, rows) => _ = exec.ResizeAsync(columns, rows, CancellationToken.None)
        );
        _ = terminal.ReadAsync(bytes => exec.SendInputAsync(bytes, CancellationToken.None));
        return (ExitCode)
            await exec.ReadAsync(
                (_, bytes) =>
                    terminal.Write(bytes.Span)
                        ? ValueTask.CompletedTask
                        : throw new OperationCanceledException("The terminal is gone."),
                cancellation
            );
    }

    private static async Task<ExitCode> InPipesAsync(NomadExec exec, CancellationToken cancellation)
    {
        _ = SendInputAsync(exec);
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var isClosed = false;
        try
        {
            return (ExitCode)
                await exec.ReadAsync(
                    (isError, bytes) =>
                    {
                        if (!OperatorStreams.Write(isError, bytes.Span))
                        {
                            isClosed = true;
                            closed.Cancel();
                        }

                        return ValueTask.CompletedTask;
                    },
                    closed.Token
                );
        }
        catch (OperationCanceledException) when (isClosed && !cancellation.IsCancellationRequested)
        {
            return (ExitCode)OutputClosed;
        }
    }

    private static async Task SendInputAsync(NomadExec exec)
    {
        if (exec.Command.TakesInput)
        {
            await OperatorStreams.ReadAsync(bytes => exec.SendInputAsync(bytes, CancellationToken.None));
            await exec.EndInputAsync(CancellationToken.None);
        }
    }

    private async Task<ExitCode> TellAsync(NomadExec exec, Container container, CancellationToken cancellation)
    {
        _ = SendInputAsync(exec);
        LogLines LinesOf(LogLevel level) =>
            new((line, _) => session.Events.Publish(new Log(container.Group.Name, level, line)));
        var (output, errors) = (LinesOf(LogLevel.Output), LinesOf(LogLevel.Warning));
        var exitCode = await exec.ReadAsync(
            (isError, bytes) =>
            {
                (isError ? errors : output).Add(bytes.Span);
                return ValueTask.CompletedTask;
            },
            cancellation
        );
        output.End();
        errors.End();
        return session.End((ExitCode)exitCode, message: null);
    }
}
