using System.Net;
using System.Net.NetworkInformation;

namespace ErpInstaller.Questions;

/// <summary>A site's name to begin with: this host's full name.</summary>
public static class HostName
{
    /// <summary>For example <c>node1.example.com</c>; a host without a domain gets <c>.local</c>.</summary>
    public static string Proposal()
    {
        var (host, domain) = (Dns.GetHostName().ToLowerInvariant(), IPGlobalProperties.GetIPGlobalProperties().DomainName.Trim('.').ToLowerInvariant());
        return host.Contains('.', StringComparison.Ordinal) ? host : domain is "" or "(none)" ? $"{host}.local" : $"{host}.{domain}";
    }
}
