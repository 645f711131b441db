using System.Net;
using System.Net.Sockets;
using ErpInstaller.Answers;

namespace ErpInstaller.Verification;

/// <summary>
/// Resolves the site's name on this host. Users may get another answer, so a problem is only a warning.
/// </summary>
internal static class SiteNames
{
    /// <summary>Describes the problem that users may have; null: the name resolves to the node.</summary>
    /// <param name="found">Addresses of the name; may be empty.</param>
    /// <param name="node">The node's address.</param>
    public static string? Warning(IReadOnlyList<IPAddress> found, AnswerFile answers, string node)
    {
        var site = answers.Site.Name;
        var here = found.Where(a => a.AddressFamily == AddressFamily.InterNetwork).ToList();
        var six = found
            .Where(a => a.AddressFamily == AddressFamily.InterNetworkV6 && !a.Equals(IPAddress.Parse("::1")))
            .ToList();
        return found.Count == 0
                ? $"{site} has no address in DNS. Add it to DNS, or to the users' hosts files: {node} {site}"
            : !IsServedByNode(answers) ? null
            : six.Count > 0
                ? $"{site} has the IPv6 address {six[0]}, but Nomad publishes the ports on IPv4 only. Users with "
                    + "IPv6 may not reach it. Remove the AAAA record"
            : !here.Contains(IPAddress.Parse(node))
                ? $"{site} resolves to {string.Join(", ", here)}; the node is {node}. "
                    + "This is right if a router or proxy forwards the ports"
            : null;
    }

    /// <summary>The command to try on another machine.</summary>
    /// <param name="leadsHere">True when the name resolves to the node.</param>
    public static string Elsewhere(AnswerFile answers, string node, bool leadsHere, bool trusted)
    {
        var resolve =
            leadsHere || !IsServedByNode(answers)
                ? ""
                : FormattableString.Invariant($" --resolve {answers.Site.Name}:{SiteAddress.PortOf(answers)}:{node}");
        return $"curl -I{(trusted ? "" : " -k")}{resolve} {SiteAddress.Of(answers)}/login";
    }

    private static bool IsServedByNode(AnswerFile answers) =>
        SiteAddress.IsServedByFrontend(answers) || answers.Certificate.Mode == CertificateMode.LetsEncrypt;
}
