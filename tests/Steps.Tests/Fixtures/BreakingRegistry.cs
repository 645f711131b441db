using System.Net;
using System.Net.Sockets;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>A real registry behind a connection that a test can break.</summary>
internal sealed class BreakingRegistry : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _registry;
    private readonly Task _serving;
    private int _broken;

    /// <param name="registry">Where the real one listens.</param>
    public BreakingRegistry(string registry)
    {
        _registry = IPEndPoint.Parse(registry);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary><c>127.0.0.1:PORT</c>.</summary>
    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>The next connections are reset as soon as something is sent, as by a firewall.</summary>
    public void Break(int connections) => Interlocked.Exchange(ref _broken, connections);

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
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(
                    ForwardAsync(
                        await _listener.AcceptTcpClientAsync(_stop.Token),
                        Interlocked.Decrement(ref _broken) >= 0
                    )
                );
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
            await Task.WhenAll(open);
        }
    }

    private async Task ForwardAsync(TcpClient client, bool breaks)
    {
        using var _ = client;
        using var server = new TcpClient();
        try
        {
            if (breaks)
            {
                await client.GetStream().ReadExactlyAsync(new byte[1], _stop.Token);
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                return;
            }

            await server.ConnectAsync(_registry, _stop.Token);
            await Task.WhenAny(
                server.GetStream().CopyToAsync(client.GetStream(), _stop.Token),
                client.GetStream().CopyToAsync(server.GetStream(), _stop.Token)
            );
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // The connection is broken, as the test wants it.
        }
    }
}
