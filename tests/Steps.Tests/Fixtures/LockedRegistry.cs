using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// A registry that refuses every request with the same answer: by default, that it needs a login. It records the logins
/// that it was sent.
/// </summary>
internal sealed class LockedRegistry : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _status;
    private readonly string _body;
    private readonly Task _serving;

    /// <param name="status">The first line of its answers, after the protocol.</param>
    /// <param name="code">The code of the error in them.</param>
    public LockedRegistry(
        string status = "401 Unauthorized",
        string code = "UNAUTHORIZED",
        string message = "authentication required"
    )
    {
        _status = status;
        _body = $$"""{"errors":[{"code":"{{code}}","message":"{{message}}"}]}""";
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary><c>127.0.0.1:PORT</c>, which the engine takes without TLS.</summary>
    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>The values of the header Authorization that it was sent.</summary>
    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            if (line.StartsWith("Authorization: ", StringComparison.OrdinalIgnoreCase))
            {
                Authorizations.Enqueue(line["Authorization: ".Length..]);
            }
        }

        var answer =
            $"HTTP/1.1 {_status}\r\nDocker-Distribution-Api-Version: registry/2.0\r\nWWW-Authenticate: Basic "
            + "realm=\"test\"\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {_body.Length}\r\nConnection: close\r\n\r\n{_body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _stop.Token);
    }
}
