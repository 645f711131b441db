using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Outside.Site;

/// <summary>
/// The site over the network. It accepts every certificate and reports its fingerprint; the verification judges it.
/// </summary>
internal sealed class HttpSite : ISite
{
    private const int LongestBody = 64 * 1024;
    private const int LongestMessage = 4096;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan NamePatience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public async Task<SiteAnswer> GetAsync(SiteRequest request, CancellationToken cancellation)
    {
        var seen = new CertificateSeen();
        using var handler = CreateHandler(request, seen);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Timeout);
        try
        {
            var answer = await (
                request.IsWebSocket
                    ? FirstMessageAsync(request, handler, patience.Token)
                    : PageAsync(request, handler, patience.Token)
            );
            return answer with { Fingerprint = seen.Fingerprint, Trusted = seen.Trusted, Expires = seen.Expires };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or WebSocketException)
        {
            throw new SiteSilent($"{request.Url} at {request.Address}: {Innermost(e).Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new SiteSilent($"{request.Url} at {request.Address}: no answer within {Timeout.TotalSeconds:0} s", e);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(NamePatience);
        try
        {
            return await Dns.GetHostAddressesAsync(name, patience.Token);
        }
        catch (Exception e)
            when (e is SocketException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return [];
        }
    }

    private static SocketsHttpHandler CreateHandler(SiteRequest request, CertificateSeen seen) =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = (_, stop) => ConnectAsync(request, stop),
            SslOptions = new SslClientAuthenticationOptions
            {
                TargetHost = request.Name,
#pragma warning disable CA5359 // Nothing is sent that a stranger may not read, and the caller judges the fingerprint.
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    seen.Fingerprint = certificate is null ? null : Fingerprint(certificate.GetRawCertData());
                    seen.Expires = (certificate as X509Certificate2)?.NotAfter;
                    seen.Trusted = errors == SslPolicyErrors.None;
                    return true;
                },
#pragma warning restore CA5359
            },
        };

    private static async Task<SiteAnswer> PageAsync(
        SiteRequest request,
        SocketsHttpHandler handler,
        CancellationToken stop
    )
    {
        using var client = new HttpClient(handler, disposeHandler: false)
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        using var message = new HttpRequestMessage(HttpMethod.Get, request.Url);
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop);
        return new SiteAnswer(
            (int)answer.StatusCode,
            await BeginningAsync(answer, stop),
            answer.Headers.Location?.ToString(),
            null,
            Trusted: false
        )
        {
            HasRetryAfter = answer.Headers.RetryAfter is not null,
            Cookies = answer.Headers.TryGetValues("Set-Cookie", out var cookies)
                ? [.. cookies.Select(TerminalText.Clean)]
                : [],
        };
    }

    private static async Task<SiteAnswer> FirstMessageAsync(
        SiteRequest request,
        SocketsHttpHandler handler,
        CancellationToken stop
    )
    {
        using var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in request.Headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        try
        {
            await socket.ConnectAsync(new Uri(request.Url), invoker, stop);
        }
        catch (WebSocketException) when (socket.HttpStatusCode != 0)
        {
            return new SiteAnswer((int)socket.HttpStatusCode, "", null, null, Trusted: false);
        }

        var message = new byte[LongestMessage];
        var received = await socket.ReceiveAsync(new ArraySegment<byte>(message), stop);
        return new SiteAnswer(
            (int)socket.HttpStatusCode,
            TerminalText.Clean(Encoding.UTF8.GetString(message, 0, received.Count)),
            null,
            null,
            Trusted: false
        );
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
        return TerminalText.Clean(Encoding.UTF8.GetString(bytes, 0, count));
    }

    private static string Fingerprint(byte[] certificate) =>
        string.Join(
            ':',
            SHA256
                .HashData(certificate)
                .Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))
        );

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;

    private sealed class CertificateSeen
    {
        public string? Fingerprint { get; set; }

        public bool Trusted { get; set; }

        public DateTimeOffset? Expires { get; set; }
    }
}
