using System.Net;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Site;

/// <summary>The installed site as its users reach it: over the network, or the rehearsal's.</summary>
public interface ISite
{
    /// <summary>Sends a GET, or opens a WebSocket, to the node's address, with the site's name as SNI and Host: name resolution plays no part.</summary>
    /// <exception cref="SiteSilent">No connection, no TLS, no HTTP: it may be too early.</exception>
    Task<SiteAnswer> GetAsync(SiteRequest request, CancellationToken cancellation);

    /// <summary>The addresses that this host finds for a name, in its hosts file or DNS; empty when there are none, or no answer in time.</summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellation);
}

/// <summary>Nothing answers at the site's address.</summary>
public sealed class SiteSilent(string message, Exception? cause = null)
    : InstallerException(
        ErrorCode.SiteSilent,
        message,
        "Look at the frontend: nomad job status; nomad alloc logs -job JOB -task frontend",
        cause
    );
