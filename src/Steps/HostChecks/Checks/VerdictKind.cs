namespace ErpInstaller.HostChecks.Checks;

/// <summary>How a check came out; in tables and JSON in lower case.</summary>
public enum VerdictKind
{
    /// <summary>As needed.</summary>
    Pass,

    /// <summary>Good enough to go on, and the operator should know.</summary>
    Warn,

    /// <summary>Not as needed.</summary>
    Fail,

    /// <summary>It could not be found out; stands in the way like a failure.</summary>
    Unknown,

    /// <summary>Failed or unknown, and the operator gave a reason to live with it. A report sets it, never a check.</summary>
    Accepted,
}
