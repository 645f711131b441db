namespace ErpInstaller.HostChecks.Checks;

/// <summary>The outcome of a check. Tables and JSON show it in lower case.</summary>
public enum VerdictKind
{
    /// <summary>As needed.</summary>
    Pass,

    /// <summary>Good enough to go on, but the operator should know.</summary>
    Warn,

    /// <summary>Not as needed.</summary>
    Fail,

    /// <summary>The check could not measure. It stops an installation like a failure.</summary>
    Unknown,

    /// <summary>
    /// Failed or unknown, and the operator accepted it with a reason. Only a report sets it, never a check.
    /// </summary>
    Accepted,
}
