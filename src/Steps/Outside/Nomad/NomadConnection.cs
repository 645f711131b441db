using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Nomad;

/// <summary>How to reach a Nomad.</summary>
public sealed record NomadConnection
{
    /// <summary>Scheme of an address that is a socket of this host, as Nomad's own command takes it.</summary>
    public const string SocketScheme = "unix";

    /// <summary>Base address of the HTTP API, or <c>unix:///PATH</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>Base of the requests' URLs.</summary>
    public Uri RequestBase => IsSocket ? new Uri("http://localhost/") : Address;

    private bool IsSocket => Address.Scheme == SocketScheme;

    /// <summary>ACL token; null: none is sent.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Reads the token again if the answers name a file, so that an expiring token can be renewed there.
    /// Null if the token never changes.
    /// </summary>
    public Func<string>? ReadToken { get; init; }

    /// <summary>Namespace of the jobs and variables.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Region; null: the agent's own.</summary>
    public string? Region { get; init; }

    /// <summary>PEM file with the CA of an https address; null: the system's.</summary>
    public string? CaCertificate { get; init; }

    /// <summary>
    /// Directory of PEM files with one CA each, or null. Nomad's own clients use it when no file is named.
    /// </summary>
    public string? CaDirectory { get; init; }

    /// <summary>PEM file of the client's certificate; null: none.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>PEM file of the client's key.</summary>
    public string? ClientKey { get; init; }

    /// <summary>Name expected in the agent's certificate; null: the address's host.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The agent's certificate is not looked at: who wants this has said so in NOMAD_SKIP_VERIFY.</summary>
    public bool SkipVerify { get; init; }

    /// <summary>
    /// <c>user:password</c> for a proxy in front of Nomad (HTTP basic authentication), or null.
    /// </summary>
    public string? HttpAuth { get; init; }

    /// <summary>The handler that speaks TLS as the connection says.</summary>
    /// <exception cref="InstallerException">A certificate file cannot be read.</exception>
    public HttpMessageHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), UseProxy = false };
        handler.ConnectCallback = (target, stop) =>
            IsSocket ? ConnectAsync(Address.LocalPath, stop) : ConnectAsync(target.DnsEndPoint, stop);

        try
        {
            if (ClientCertificate is not null && ClientKey is not null)
            {
                handler.SslOptions.ClientCertificates =
                [
                    X509Certificate2.CreateFromPemFile(ClientCertificate, ClientKey),
                ];
            }

            if (Authorities() is { } authorities)
            {
                var policy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                };
                policy.CustomTrustStore.AddRange(authorities);
                handler.SslOptions.CertificateChainPolicy = policy;
            }

            if (SkipVerify)
            {
#pragma warning disable CA5359 // The operator switched verification off, as for every client of Nomad.
                handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
            }

            return handler;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException
            )
        {
            handler.Dispose();
            throw new InstallerException(
                ErrorCode.NomadConnectionWrong,
                $"{Address}: a certificate file cannot be read: {e.Message}",
                "Check nomad.ca_certificate, nomad.client_certificate and nomad.client_key (or NOMAD_CACERT, "
                    + "NOMAD_CAPATH, NOMAD_CLIENT_CERT, NOMAD_CLIENT_KEY).",
                e
            );
        }
    }

    private static ValueTask<Stream> ConnectAsync(string path, CancellationToken stop) =>
        ConnectAsync(
            new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
            new UnixDomainSocketEndPoint(path),
            stop
        );

    // The kernels at both ends notice a dead line within half a minute, also while neither program reads or writes.
    private static ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken stop)
    {
        const int userTimeout = 18;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
        socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, userTimeout, BitConverter.GetBytes(30_000));
        return ConnectAsync(socket, target, stop);
    }

    private static async ValueTask<Stream> ConnectAsync(Socket socket, EndPoint target, CancellationToken stop)
    {
        try
        {
            await socket.ConnectAsync(target, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private X509Certificate2Collection? Authorities()
    {
        if ((CaCertificate ?? CaDirectory) is null)
        {
            return null;
        }

        var found = new X509Certificate2Collection();
        foreach (var file in CaCertificate is { } one ? [one] : Directory.EnumerateFiles(CaDirectory!))
        {
            found.ImportFromPemFile(file);
        }

        return found;
    }
}
