namespace ErpInstaller.Apps.Requirements;

/// <summary>Whether an app fits a release and the other apps.</summary>
public enum AppFit
{
    /// <summary>
    /// The app states no requirements, or the release's versions are not known precisely enough. The build decides.
    /// </summary>
    Unknown,

    /// <summary>
    /// The app's requirements accept the release's Frappe or ERPNext, and every required app is chosen.
    /// </summary>
    Fits,

    /// <summary>The release does not meet the app's requirements. The build would fail.</summary>
    DoesNotFit,
}
