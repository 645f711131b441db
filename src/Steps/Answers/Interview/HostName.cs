using System.Net;
using System.Net.NetworkInformation;
using ErpInstaller.Answers.Keys;

namespace ErpInstaller.Answers.Interview;

/// <summary>A site's name.</summary>
internal static class HostName
{
    /// <summary>A site can have this name.</summary>
    public static bool IsGood(string text) => TextRules.HostName.Accepts(text);

    /// <summary>
    /// One to begin with, this host's full name. For example <c>node1.example.com</c>; a host without a domain gets
    /// <c>.local</c>.
    /// </summary>
    public static string Proposal()
    {
        var (host, domain) = (
            Dns.GetHostName().ToLowerInvariant(),
            IPGlobalProperties.GetIPGlobalProperties().DomainName.Trim('.').ToLowerInvariant()
        );
        return host.Contains('.', StringComparison.Ordinal) ? host
            : domain is "" or "(none)" ? $"{host}.local"
            : $"{host}.{domain}";
    }
}
