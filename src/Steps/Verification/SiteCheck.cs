using ErpInstaller.Outside.Site;

namespace ErpInstaller.Verification;

/// <summary>One look at the site.</summary>
/// <param name="Name">What is looked at, for people.</param>
/// <param name="Request">What is asked.</param>
/// <param name="Judge">Null when the answer is as it must be, else what is wrong with it.</param>
internal sealed record SiteCheck(string Name, SiteRequest Request, Func<SiteAnswer, string?> Judge)
{
    /// <summary>What the page names of style sheets and scripts is looked at as well.</summary>
    public bool HasAssets { get; init; }
}
