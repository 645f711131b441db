using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>A registry that lets nobody in: it answers 401 to everything, and keeps what it was given as a login.</summary>
public sealed class LockedRegistry : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public LockedRegistry()
    {
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

        const string Body = """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""";
        var answer = "HTTP/1.1 401 Unauthorized\r\nDocker-Distribution-Api-Version: registry/2.0\r\nWWW-Authenticate: Basic realm=\"test\"\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _stop.Token);
    }
}
