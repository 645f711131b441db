using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// A server that refuses every request, keeps the connections open, and counts those that the client closed.
/// </summary>
internal sealed class ConnectionCounter : IAsyncDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private int _opened;
    private int _closed;

    public ConnectionCounter()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The connections so far.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>Waits until the client has closed every connection.</summary>
    public async Task AllClosedAsync()
    {
        using var limit = new CancellationTokenSource(_deadline);
        while (Volatile.Read(ref _closed) < Opened)
        {
            Assert.False(limit.IsCancellationRequested, $"{_closed} of {Opened} connections are closed");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _opened);
                _ = AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        var answer = Encoding.ASCII.GetBytes("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy");
        var bytes = new byte[16384];
        using (client)
        {
            try
            {
                // A request has no body here, so each ends with the blank line that one read brings.
                while (await client.GetStream().ReadAsync(bytes) > 0)
                {
                    await client.GetStream().WriteAsync(answer);
                }
            }
            catch (IOException)
            {
                // The client reset the connection.
            }
        }

        Interlocked.Increment(ref _closed);
    }
}
