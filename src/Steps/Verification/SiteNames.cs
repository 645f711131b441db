using System.Net;
using System.Net.Sockets;
using ErpInstaller.Answers;

namespace ErpInstaller.Verification;

/// <summary>What the site's name leads to, asked on this host. Others may get other answers, so it is worth a word at most.</summary>
internal static class SiteNames
{
    /// <summary>What users may run into; null: the name leads to the node.</summary>
    /// <param name="found">Addresses of the name; empty: there are none.</param>
    /// <param name="node">The node's address.</param>
    public static string? Warning(IReadOnlyList<IPAddress> found, AnswerFile answers, string node)
    {
        var site = answers.Site.Name;
        var here = found.Where(a => a.AddressFamily == AddressFamily.InterNetwork).ToList();
        var six = found
            .Where(a => a.AddressFamily == AddressFamily.InterNetworkV6 && !a.Equals(IPAddress.Parse("::1")))
            .ToList();
        return found.Count == 0
                ? $"{site} has no address in DNS. Users need it there, or in their hosts file: {node} {site}"
            : !IsServedByNode(answers) ? null
            : six.Count > 0
                ? $"{site} has the IPv6 address {six[0]}, and Nomad publishes the ports on IPv4 only: users with IPv6 may not reach it. Take the AAAA record out"
            : !here.Contains(IPAddress.Parse(node))
                ? $"{site} leads to {string.Join(", ", here)}; the node is {node}. That is right where a router or a proxy passes the ports on"
            : null;
    }

    /// <summary>The line to try on another machine.</summary>
    /// <param name="leadsHere">The name leads to the node.</param>
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
