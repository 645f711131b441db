using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ErpInstaller.Tests.Outside.Nomad;

/// <summary>
/// A TLS server that requires a client certificate, like Nomad with <c>verify_https_client</c>. It answers every
/// request as <c>GET /v1/status/leader</c>.
/// </summary>
internal sealed class TlsNomad : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly bool _wantsClient;

    public TlsNomad(string certificatePem, string keyPem, bool wantsClient)
    {
        _certificate = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        _wantsClient = wantsClient;
        _listener.Start();
        Serving = ServeAsync();
    }

    /// <summary>Its address; the certificate may name another.</summary>
    public Uri Address => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Ends when it is disposed of.</summary>
    public Task Serving { get; }

    /// <summary>The header lines of the last request.</summary>
    public IReadOnlyList<string> Headers { get; private set; } = [];

    /// <summary>Subject of the client's certificate on the last connection; null: it had none.</summary>
    public string? ClientSubject { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client);
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client refused the certificate or had none. The next client is served.
                continue;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = _certificate,
                ClientCertificateRequired = _wantsClient,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    certificate is not null || !_wantsClient,
            }
        );
        ClientSubject = stream.RemoteCertificate?.Subject;
        using var reader = new StreamReader(stream, leaveOpen: true);
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        Headers = lines;
        const string Body = "\"10.0.0.1:4647\"";
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\nConnection: "
                    + $"close\r\n\r\n{Body}"
            )
        );
    }
}
