using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Answers;
using ErpInstaller.Engine;

namespace ErpInstaller.Nomad;

/// <summary>How to reach a Nomad: the answers, else the NOMAD_* variables that every Nomad user has, else Nomad's own defaults.</summary>
public sealed record NomadConnection
{
    private const string TokenKey = "nomad.token";

    /// <summary>Base address of the HTTP API.</summary>
    public required Uri Address { get; init; }

    /// <summary>ACL token; null: none is sent.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Reads the token anew, where the answers name its file: whoever renews a token that expires writes it there. Null: the
    /// token stays the one it is.
    /// </summary>
    public Func<string>? ReadToken { get; init; }

    /// <summary>Namespace of the jobs and variables.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Region; null: the agent's own.</summary>
    public string? Region { get; init; }

    /// <summary>PEM file with the CA of an https address; null: the system's.</summary>
    public string? CaCertificate { get; init; }

    /// <summary>Directory of PEM files, one CA each; null: none. Nomad's own clients look there when no file is named.</summary>
    public string? CaDirectory { get; init; }

    /// <summary>PEM file of the client's certificate; null: none.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>PEM file of the client's key.</summary>
    public string? ClientKey { get; init; }

    /// <summary>Name expected in the agent's certificate; null: the address's host.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The agent's certificate is not looked at: who wants this has said so in NOMAD_SKIP_VERIFY.</summary>
    public bool SkipVerify { get; init; }

    /// <summary><c>user:password</c> for a proxy before Nomad that asks for it (HTTP basic authentication); null: none is sent.</summary>
    public string? HttpAuth { get; init; }

    /// <summary>Puts the connection together.</summary>
    /// <param name="answers">The <c>[nomad]</c> table.</param>
    /// <param name="secrets">Resolves the token and registers it for redaction.</param>
    /// <exception cref="NomadConnectionWrong">The address is no http or https address.</exception>
    /// <exception cref="SecretUnavailable">There is no token where the answers say, or it is none.</exception>
    public static NomadConnection From(NomadAnswers answers, SecretStore secrets)
    {
        return new NomadConnection
        {
            Address = Parse(answers.Address ?? Variable("NOMAD_ADDR") ?? "http://127.0.0.1:4646"),
            Token = FindToken(answers.Token, secrets),
            ReadToken = answers.Token is { File: not null } file ? () => FindToken(file, secrets)! : null,
            Namespace = answers.Namespace ?? Variable("NOMAD_NAMESPACE") ?? "default",
            Region = answers.Region ?? Variable("NOMAD_REGION"),
            CaCertificate = answers.CaCertificate ?? Variable("NOMAD_CACERT"),
            CaDirectory = Variable("NOMAD_CAPATH"),
            ClientCertificate = answers.ClientCertificate ?? Variable("NOMAD_CLIENT_CERT"),
            ClientKey = answers.ClientKey ?? Variable("NOMAD_CLIENT_KEY"),
            TlsServerName = answers.TlsServerName ?? Variable("NOMAD_TLS_SERVER_NAME"),
            SkipVerify = Variable("NOMAD_SKIP_VERIFY") is "1" or "t" or "T" or "true" or "True" or "TRUE",
            HttpAuth = Secret("NOMAD_HTTP_AUTH", secrets),
        };
    }

    /// <summary>The handler that speaks TLS as the connection says.</summary>
    /// <exception cref="NomadConnectionWrong">A certificate file cannot be read.</exception>
    public HttpMessageHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), UseProxy = false };
        try
        {
            if (ClientCertificate is not null && ClientKey is not null)
            {
                handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(ClientCertificate, ClientKey)];
            }

            if (Authorities() is { } authorities)
            {
                var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
                policy.CustomTrustStore.AddRange(authorities);
                handler.SslOptions.CertificateChainPolicy = policy;
            }

            if (SkipVerify)
            {
#pragma warning disable CA5359 // The operator's own word, which every client of Nomad follows.
                handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
            }

            return handler;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            handler.Dispose();
            throw new NomadConnectionWrong($"{Address}: a certificate file cannot be read: {e.Message}", "Look at nomad.ca_certificate, nomad.client_certificate and nomad.client_key (or NOMAD_CACERT, NOMAD_CAPATH, NOMAD_CLIENT_CERT, NOMAD_CLIENT_KEY).", e);
        }
    }

    private static string? FindToken(SecretSource? source, SecretStore secrets)
    {
        var token = source is not null ? secrets.Resolve(source, TokenKey) : Secret("NOMAD_TOKEN", secrets);
        return token?.Any(char.IsControl) == true
            ? throw new SecretUnavailable(
                $"nomad.token: what {source?.ToString() ?? "environment variable NOMAD_TOKEN"} holds has a line break or another control character in it",
                "A token is one line: export NOMAD_TOKEN=…")
            : token;
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

    private static Uri Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")
            ? uri
            : throw new NomadConnectionWrong($"{address}: this is no http or https address", "For example: export NOMAD_ADDR=http://127.0.0.1:4646");

    private static string? Secret(string variable, SecretStore secrets) => Variable(variable) is { } value ? secrets.Register(value) : null;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
