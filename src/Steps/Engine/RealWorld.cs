using ErpInstaller.Git;

namespace ErpInstaller.Engine;

/// <summary>The outside world as it is.</summary>
public static class RealWorld
{
    /// <summary>Connects lazily: making it opens nothing.</summary>
    public static OutsideWorld Create(StepSettings settings, SecretStore secrets) => new()
    {
        IsRehearsal = false,
        Git = new GitRemote(),
        Docker = null!,
    };
}
