using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Outside.Site;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// A site that answers as a working site does, while its job runs at the rehearsed Nomad. It has the certificate from
/// that Nomad's Variables.
/// </summary>
internal sealed class RehearsedSite(RehearsedNomad nomad, string job) : ISite
{
    /// <inheritdoc/>
    public Task<SiteAnswer> GetAsync(SiteRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!nomad.Runs(job))
        {
            throw new SiteSilent($"{request.Url} at {request.Address}: Connection refused");
        }

        var chain = nomad.Variable(VariablePaths.Frontend(job), VariablePaths.Certificate);
        var fingerprint = request.Tls && chain is not null ? Fingerprint(chain) : null;
        return Task.FromResult(
            request switch
            {
                { AsProxy: true, Path: "/app/" } => new SiteAnswer(301, "", "/app", null, Trusted: false),
                { Tls: false, AsProxy: false } => new SiteAnswer(
                    301,
                    "",
                    (request with { Tls = true, Port = 443 }).Url,
                    null,
                    Trusted: false
                ),
                _ when request.Path.StartsWith("/api/method/ping", StringComparison.Ordinal) => new SiteAnswer(
                    200,
                    """{"message":"pong"}""",
                    null,
                    fingerprint,
                    chain is null
                )
                {
                    Expires = request.Tls && chain is not null ? Expires(chain) : null,
                },
                { IsWebSocket: true } => new SiteAnswer(
                    101,
                    """0{"sid":"rehearsal"}""",
                    null,
                    fingerprint,
                    chain is null
                ),
                _ when request.Path.StartsWith("/socket.io/", StringComparison.Ordinal) => new SiteAnswer(
                    200,
                    """0{"sid":"rehearsal"}""",
                    null,
                    fingerprint,
                    chain is null
                ),
                _ => new SiteAnswer(
                    200,
                    """<html><link rel="stylesheet" href="/assets/frappe/dist/css/login.bundle.css">rehearsal</html>""",
                    null,
                    fingerprint,
                    chain is null
                )
                {
                    Cookies = ["sid=Guest; Secure; HttpOnly; Path=/; SameSite=Lax"],
                },
            }
        );
    }

    /// <summary>Every name resolves to the address of the recorded node.</summary>
    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Parse(nomad.NodeAddress)]);

    private static DateTimeOffset Expires(string chain)
    {
        using var leaf = X509Certificate2.CreateFromPem(chain);
        return leaf.NotAfter;
    }

    private static string Fingerprint(string chain)
    {
        using var leaf = X509Certificate2.CreateFromPem(chain);
        return string.Join(
            ':',
            leaf.GetCertHash(HashAlgorithmName.SHA256)
                .Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))
        );
    }
}
