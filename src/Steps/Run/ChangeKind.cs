namespace ErpInstaller.Run;

/// <summary>What happens to the subject of a planned change.</summary>
public enum ChangeKind
{
    /// <summary>It does not exist and is made.</summary>
    Create,

    /// <summary>It exists and is changed without a restart.</summary>
    Update,

    /// <summary>It exists, is stopped and made anew; its data stays.</summary>
    Replace,

    /// <summary>It exists and is removed.</summary>
    Destroy,

    /// <summary>Nothing is changed; something is looked at.</summary>
    Look,
}
