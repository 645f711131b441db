using ErpInstaller.Engine;
using ErpInstaller.Releases;

namespace ErpInstaller.Rehearsal;

/// <summary>The outside world of <c>--rehearse</c>: answers as the real one does and changes nothing outside the state directory.</summary>
public static class RehearsedWorld
{
    /// <summary>Makes one.</summary>
    public static OutsideWorld Create(StepSettings settings, StateDirectory directory, ReleaseCatalog catalog) => new()
    {
        IsRehearsal = true,
        Git = new RehearsedGit(catalog),
        Docker = null!,
    };
}
