using ErpInstaller.Core.Errors;

namespace ErpInstaller.Run;

/// <summary>A rehearsal and a real run want the same state directory.</summary>
public sealed class RehearsalMismatch : InstallerException
{
    private RehearsalMismatch(string message)
        : base(message, "Give the rehearsal a directory of its own: --state-dir DIR", ExitCode.Usage) { }

    /// <summary>Makes sure that the state found is of the same kind as this run.</summary>
    /// <exception cref="RehearsalMismatch">It is not.</exception>
    public static void Check(InstallState state, Installation installation)
    {
        if (state.Steps.Count == 0 || state.Rehearsal == installation.World.IsRehearsal)
        {
            return;
        }

        throw new RehearsalMismatch(
            state.Rehearsal
                ? $"{installation.Directory.Path}: this state is of a rehearsal"
                : $"{installation.Directory.Path}: this state is of a real installation, which a rehearsal must not touch"
        );
    }
}
