using ErpInstaller.Outside.Site;

namespace ErpInstaller.Verification;

/// <summary>One check of the site.</summary>
/// <param name="Name">The check's name in messages.</param>
/// <param name="Request">The request to send.</param>
/// <param name="Judge">Describes the fault of an answer; null when the answer is right.</param>
internal sealed record SiteCheck(string Name, SiteRequest Request, Func<SiteAnswer, string?> Judge)
{
    /// <summary>True when the page's style sheets and scripts are requested too.</summary>
    public bool HasAssets { get; init; }
}
