using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// Takes the place of the frontend: serves HTTP and HTTPS on two loopback ports, with the certificate and key from the
/// rehearsed Nomad's Variable. It opens the ports on request, because a host check expects them free.
/// </summary>
internal sealed class ServedSite(FaultyNomad nomad, string job) : IDisposable
{
    private const string KeyHeader = "Sec-WebSocket-Key:";

    private readonly List<TcpListener> _listeners = [];

    /// <summary>The port that redirects.</summary>
    public int HttpPort { get; } = FreePort();

    /// <summary>The port that serves.</summary>
    public int HttpsPort { get; } = FreePort();

    /// <summary>Opens the ports.</summary>
    public void Open(string name)
    {
        Serve(
            HttpPort,
            s => Task.FromResult<Stream>(s),
            _ => Answer("301 Moved", "", $"Location: https://{name}:{HttpsPort}/login\r\n")
        );
        Serve(HttpsPort, EncryptAsync, Page);
    }

    /// <inheritdoc/>
    public void Dispose() => _listeners.ForEach(l => l.Dispose());

    private static string Page(string path) =>
        path switch
        {
            "/api/method/ping" => Answer("200 OK", """{"message":"pong"}"""),
            _ when path.StartsWith("/socket.io/", StringComparison.Ordinal) => Answer("200 OK", """0{"sid":"test"}"""),
            _ => Answer(
                "200 OK",
                more: "Set-Cookie: sid=Guest; Secure; HttpOnly; Path=/\r\n",
                body: """<html><script src="/assets/frappe/dist/js/login.bundle.js"></script></html>"""
            ),
        };

    // RFC 6455: the handshake, then one text frame.
    private static string OpenedWebSocket(string key)
    {
        const string First = """0{"sid":"test"}""";
#pragma warning disable CA5350 // The RFC names SHA-1.
        var accept = Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
        );
#pragma warning restore CA5350
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
            + $"Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n\u0081{(char)First.Length}{First}";
    }

    private static string Answer(string status, string body, string more = "") =>
        $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{more}Connection: close\r\n\r\n{body}";

    private async Task<Stream> EncryptAsync(Stream plain)
    {
        var path = $"nomad/jobs/{job}/frontend";
        using var pem = X509Certificate2.CreateFromPem(
            nomad.Variable(path, "certificate")!,
            nomad.Variable(path, "key")!
        );
        var encrypted = new SslStream(plain);
        await encrypted.AuthenticateAsServerAsync(pem);
        return encrypted;
    }

    private void Serve(int port, Func<Stream, Task<Stream>> wrap, Func<string, string> page)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _listeners.Add(listener);
        _ = AcceptAsync(listener, wrap, page);
    }

    private static async Task AcceptAsync(
        TcpListener listener,
        Func<Stream, Task<Stream>> wrap,
        Func<string, string> page
    )
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var stream = await wrap(client.GetStream());
                using var reader = new StreamReader(stream, leaveOpen: true);
                var request = await reader.ReadLineAsync() ?? "GET / HTTP/1.1";
                string? key = null;
                while (await reader.ReadLineAsync() is { Length: > 0 } header)
                {
                    key = header.StartsWith(KeyHeader, StringComparison.OrdinalIgnoreCase)
                        ? header[KeyHeader.Length..].Trim()
                        : key;
                }

                await stream.WriteAsync(
                    Encoding.Latin1.GetBytes(key is null ? page(request.Split(' ')[1]) : OpenedWebSocket(key))
                );
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException or InvalidOperationException)
            {
                return;
            }
            catch (IOException)
            {
                // A client that disconnects is no fault of the site; the next one is served.
                continue;
            }
        }
    }

    /// <summary>A loopback port that nothing listens on.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
