using System.Net;
using ErpInstaller.Outside.Site;

namespace ErpInstaller.Tests.Verification;

/// <summary>The rehearsal's site; a test replaces some of its answers.</summary>
internal sealed class FaultySite(ISite good, Func<SiteRequest, SiteAnswer, SiteAnswer> spoil) : ISite
{
    /// <inheritdoc/>
    public async Task<SiteAnswer> GetAsync(SiteRequest request, CancellationToken cancellation) =>
        spoil(request, await good.GetAsync(request, cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellation) =>
        good.ResolveAsync(name, cancellation);
}
