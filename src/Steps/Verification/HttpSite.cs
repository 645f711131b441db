using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using ErpInstaller.Engine;

namespace ErpInstaller.Verification;

/// <summary>The site over the network. Certificates are looked at, not insisted on: judging them is the verification's work.</summary>
public sealed class HttpSite : ISite
{
    private const int LongestBody = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public async Task<SiteAnswer> GetAsync(SiteRequest request, CancellationToken cancellation)
    {
        string? fingerprint = null;
        var trusted = false;
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            ConnectCallback = (_, stop) => ConnectAsync(request, stop),
            SslOptions = new SslClientAuthenticationOptions
            {
                TargetHost = request.Name,
#pragma warning disable CA5359 // Nothing is sent that a stranger may not read, and the caller judges the fingerprint.
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    fingerprint = certificate is null ? null : Fingerprint(certificate.GetRawCertData());
                    trusted = errors == SslPolicyErrors.None;
                    return true;
                },
#pragma warning restore CA5359
            },
        };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, request.Url);
            using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return new SiteAnswer((int)answer.StatusCode, await BeginningAsync(answer, cancellation), answer.Headers.Location?.ToString(), fingerprint, trusted);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new SiteSilent($"{request.Url} at {request.Address}: {Innermost(e).Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new SiteSilent($"{request.Url} at {request.Address}: no answer within {Patience.TotalSeconds:0} s", e);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(SiteRequest request, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(request.Address), request.Port), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        var bytes = new byte[LongestBody];
        var count = await stream.ReadAtLeastAsync(bytes, LongestBody, throwOnEndOfStream: false, cancellation);
        return TerminalText.Clean(System.Text.Encoding.UTF8.GetString(bytes, 0, count));
    }

    private static string Fingerprint(byte[] certificate) => string.Join(':', SHA256.HashData(certificate).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
