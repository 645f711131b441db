namespace ErpInstaller.Run;

/// <summary>How a secret stands.</summary>
public enum SecretState
{
    /// <summary>It was not made yet.</summary>
    Missing,

    /// <summary>It is at Nomad, and what uses it has it.</summary>
    Kept,

    /// <summary>It was rotated: what uses it takes the new one with the next installation.</summary>
    Waiting,

    /// <summary>It is not at Nomad.</summary>
    Elsewhere,
}
