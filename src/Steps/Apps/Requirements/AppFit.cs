namespace ErpInstaller.Apps.Requirements;

/// <summary>Whether an app goes with a release and the other apps.</summary>
public enum AppFit
{
    /// <summary>It does not say, or it says more than is known of the release. The build finds out.</summary>
    Unknown,

    /// <summary>Its own words take the release's Frappe or ERPNext, and nothing that they want is missing.</summary>
    Fits,

    /// <summary>Its own words rule it out: the build would stop at them.</summary>
    DoesNotFit,
}
