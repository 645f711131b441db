using System.Net;
using ErpInstaller.Answers;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// How containers find the site by its name. Pictures of a PDF and the sign-in of WebSockets are fetched by the site's
/// own address. DNS need not know that name yet, and a router need not lead back what comes from inside.
/// </summary>
/// <param name="entry">The node that publishes the site's ports; behind Traefik the one with Traefik.</param>
internal sealed class SiteHosts(AnswerFile answers, NomadNode entry)
{
    private bool HasAlias => answers.Nomad.Topology == NomadTopology.Single && SiteAddress.IsServedByFrontend(answers);

    /// <summary>Names of the frontend in the network of a single node.</summary>
    public IReadOnlyList<string> OfFrontend => HasAlias ? [answers.Site.Name] : [];

    /// <summary>
    /// Entries of /etc/hosts for every container of the bench: the entry node, where the verification asks for the site
    /// too. None when the alias is there, when that address is the container's own (loopback), or when an unknown proxy
    /// serves HTTPS: there DNS must know the name.
    /// </summary>
    public IReadOnlyList<string> OfBench =>
        !HasAlias && IsHttpsOnEntry && Reachable is { } address ? [$"{answers.Site.Name}:{address}"] : [];

    private bool IsHttpsOnEntry =>
        SiteAddress.IsServedByFrontend(answers) || answers.Certificate.Mode == CertificateMode.LetsEncrypt;

    private string? Reachable =>
        IPAddress.TryParse(entry.Address, out var address) && !IPAddress.IsLoopback(address) ? entry.Address : null;
}
