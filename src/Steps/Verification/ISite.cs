namespace ErpInstaller.Verification;

/// <summary>The installed site as its users reach it: over the network, or the rehearsal's.</summary>
public interface ISite
{
    /// <summary>Sends a GET, or opens a WebSocket, to the node's address, with the site's name as SNI and Host: name resolution plays no part.</summary>
    /// <exception cref="SiteSilent">No connection, no TLS, no HTTP: it may be too early.</exception>
    Task<SiteAnswer> GetAsync(SiteRequest request, CancellationToken cancellation);
}
