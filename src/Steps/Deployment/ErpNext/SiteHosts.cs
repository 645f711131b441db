using System.Net;
using ErpInstaller.Answers;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// How containers find the site by its name. Pictures of a PDF and the sign-in of WebSockets are fetched by the site's
/// own address. DNS may not have that name yet, and a router may not send requests from inside back in.
/// </summary>
/// <param name="entry">The node that publishes the site's ports; behind Traefik the one with Traefik.</param>
internal sealed class SiteHosts(AnswerFile answers, NomadNode entry)
{
    private bool HasAlias => answers.Nomad.Topology == NomadTopology.Single && SiteAddress.IsServedByFrontend(answers);

    /// <summary>Names of the frontend in the network of a single node.</summary>
    public IReadOnlyList<string> OfFrontend => HasAlias ? [answers.Site.Name] : [];

    /// <summary>
    /// Entries of /etc/hosts for every container of the bench: the entry node, where the verification requests the site
    /// too. There are none if the frontend has the alias, if the address is loopback, or if the operator's own proxy
    /// serves HTTPS: then DNS must have the name.
    /// </summary>
    public IReadOnlyList<string> OfBench =>
        !HasAlias && IsHttpsOnEntry && Reachable is { } address ? [$"{answers.Site.Name}:{address}"] : [];

    private bool IsHttpsOnEntry =>
        SiteAddress.IsServedByFrontend(answers) || answers.Certificate.Mode == CertificateMode.LetsEncrypt;

    private string? Reachable =>
        IPAddress.TryParse(entry.Address, out var address) && !IPAddress.IsLoopback(address) ? entry.Address : null;
}
