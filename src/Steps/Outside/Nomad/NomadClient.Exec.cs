using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace ErpInstaller.Outside.Nomad;

/// <summary>Commands in containers. All need <c>alloc-exec</c>.</summary>
public sealed partial class NomadClient
{
    private const string AllocExec = "alloc-exec";
    private const string AllocNodeExec = "alloc-node-exec";

    // For proxies between here and Nomad. No answer is awaited: Nomad reads nothing, pings neither, while a command
    // does not take its input. The connection itself notices a dead line, see NomadConnection.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    /// <summary>Runs a command in a container, with no input, and collects what it writes.</summary>
    /// <inheritdoc cref="NomadExec.ReadAsync" path="/exception"/>
    public async Task<NomadCommandResult> RunAsync(NomadCommand command, CancellationToken cancellation)
    {
        using var output = new MemoryStream();
        using var errors = new MemoryStream();
        using var exec = await OpenAsync(command, cancellation);
        var exitCode = await exec.ReadAsync(
            (isError, bytes) =>
            {
                (isError ? errors : output).Write(bytes.Span);
                return ValueTask.CompletedTask;
            },
            cancellation
        );
        return new NomadCommandResult(exitCode, output.ToArray(), errors.ToArray());
    }

    /// <summary>Starts a command in a container. Its maker disposes of it.</summary>
    /// <exception cref="NomadUnreachable">Nomad does not answer.</exception>
    /// <remarks>Whether Nomad accepts the command is known when its output is read.</remarks>
    public async Task<NomadExec> OpenAsync(NomadCommand command, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = PingEvery;
            socket.Options.CollectHttpResponseDetails = true;
            if (CurrentToken is { } token)
            {
                socket.Options.SetRequestHeader(TokenHeader, token);
            }

            var end = new NomadExecEnd(command);
            await ConnectAsync(socket, ExecUriOf(command, end.Words), cancellation);
            return new NomadExec(
                socket,
                command,
                end,
                (process, stop) => HangUpAsync(command, process, stop),
                (words, stop) => RefusedAsync(command, words, stop),
                cause => LostExec(command, cause)
            );
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ConnectAsync(ClientWebSocket socket, Uri uri, CancellationToken cancellation)
    {
        try
        {
            // Through the same handler as every other request: its TLS, its socket, its simulation.
            await socket.ConnectAsync(uri, _http, cancellation);
        }
        catch (WebSocketException e)
        {
            throw socket.HttpStatusCode switch
            {
                HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => Denied(AllocExec),
                0 => new NomadUnreachable(
                    $"Nomad at {Address} does not answer: {Innermost(e).Message}",
                    HintFor((e.InnerException as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown),
                    e
                ),
                var status => new NomadUnreachable(
                    $"Nomad at {Address} accepts no command for a container: it answers {(int)status}",
                    "A proxy in front of Nomad must pass WebSockets on.",
                    e
                ),
            };
        }
    }

    private Task<NomadCommandResult> HangUpAsync(NomadCommand command, int process, CancellationToken cancellation) =>
        RunAsync(new NomadCommand(command.Allocation, command.Task, NomadExecEnd.HangUp(process)), cancellation);

    private Uri ExecUriOf(NomadCommand command, IReadOnlyList<string> words)
    {
        var list = JsonSerializer.Serialize([.. words], NomadJson.Default.ListString);
        var builder = new UriBuilder(_connection.RequestBase)
        {
            Scheme = _connection.RequestBase.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
            Path = $"/v1/client/allocation/{Uri.EscapeDataString(command.Allocation)}/exec",
            Query =
                $"{Scope()}&task={Uri.EscapeDataString(command.Task)}&tty={(command.HasTerminal ? "true" : "false")}"
                + $"&command={Uri.EscapeDataString(list)}",
        };
        return builder.Uri;
    }

    // The texts are from nomad/structs/errors.go and client/alloc_endpoint.go. Nomad says "Permission denied" for
    // three reasons.
    private async Task<Exception> RefusedAsync(NomadCommand command, string words, CancellationToken cancellation)
    {
        if (!words.Contains("Permission denied", StringComparison.OrdinalIgnoreCase))
        {
            return NomadCommandRefused.Because(command.Task, words);
        }

        return await HasCapabilityAsync(AllocExec, cancellation) != true ? Denied(AllocExec)
            : await HasCapabilityAsync(AllocNodeExec, cancellation) == false ? Denied(AllocNodeExec)
            : NomadCommandRefused.ByClient(command.Task);
    }

    private NomadDenied Denied(string capability) =>
        new("to run a command in a container", $"namespace {capability}", CurrentToken is not null);

    private NomadUnreachable LostExec(NomadCommand command, Exception? cause) =>
        new(
            $"The connection to Nomad at {Address} broke while a command ran in the container {command.Task}",
            "The command may still run there. " + NomadUnreachable.HintFor(Address, installed: true),
            cause
        );
}
