namespace ErpInstaller.Answers;

/// <summary>The <c>[update]</c> table: what protects the site's data while an update changes its database.</summary>
public sealed record UpdateAnswers
{
    /// <summary>What is made before the database changes.</summary>
    public UpdateSafeguard Safeguard { get; init; } = UpdateSafeguard.Backup;

    /// <summary>What happens when the update fails after that.</summary>
    public UpdateFailure OnFailure { get; init; } = UpdateFailure.Rollback;
}

/// <summary>What is made before an update changes the database; in TOML <c>backup</c>, <c>none</c>.</summary>
public enum UpdateSafeguard
{
    /// <summary>A backup of the site. Without it, nothing is changed.</summary>
    Backup,

    /// <summary>Nothing: there is no way back.</summary>
    None,
}

/// <summary>What happens when an update fails; in TOML <c>rollback</c>, <c>stay</c>.</summary>
public enum UpdateFailure
{
    /// <summary>The application and the data of before come back.</summary>
    Rollback,

    /// <summary>The site stays closed until an install succeeds.</summary>
    Stay,
}
