using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ErpInstaller.Tests.Fuzz;

/// <summary>A Docker engine that answers every request with the same bytes.</summary>
internal sealed class FixedEngine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public FixedEngine()
    {
        _listener.Start();
        Address = new Uri($"tcp://{_listener.LocalEndpoint}");
        _serving = ServeAsync();
    }

    /// <summary>For DOCKER_HOST.</summary>
    public Uri Address { get; }

    /// <summary>The answer of now.</summary>
    public byte[] Answer { get; set; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Stop();
        _serving.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        try
        {
            var request = new StringBuilder();
            var buffer = new byte[4096];
            while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await stream.ReadAsync(buffer);
                if (read == 0)
                {
                    return;
                }

                request.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }

            var head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + $"Content-Length: {Answer.Length}\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
            await stream.WriteAsync(Answer);
        }
        catch (IOException)
        {
            // The client has read enough.
        }
    }
}
