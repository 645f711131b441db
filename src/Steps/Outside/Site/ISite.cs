using System.Net;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Site;

/// <summary>The installed site as users reach it: over the network, or the rehearsal's.</summary>
public interface ISite
{
    /// <summary>
    /// Sends a GET or opens a WebSocket to the node's address, with the site's name as SNI and Host. DNS is not used.
    /// </summary>
    /// <exception cref="SiteSilent">No connection, no TLS handshake or no HTTP answer; the site may still be
    /// starting.</exception>
    Task<SiteAnswer> GetAsync(SiteRequest request, CancellationToken cancellation);

    /// <summary>
    /// Resolves a name on this host, by hosts file or DNS; empty when there is no address or no answer in time.
    /// </summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellation);
}

/// <summary>Nothing answers at the site's address.</summary>
internal sealed class SiteSilent(string message, Exception? cause = null)
    : InstallerException(ErrorCode.SiteSilent, message, "Check the frontend: erp-installer logs frontend", cause);
