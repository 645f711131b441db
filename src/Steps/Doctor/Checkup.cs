using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Doctor;

/// <summary>
/// Looks at a running installation: about forty looks, each with what was found, what was expected, and a command.
/// </summary>
public sealed class Checkup
{
    private readonly IReadOnlyList<Look> _looks;

    private Checkup(DoctorFacts facts, IReadOnlyList<Look> looks) => (Facts, _looks) = (facts, looks);

    /// <summary>The facts, for a support bundle.</summary>
    internal DoctorFacts Facts { get; }

    /// <summary>The looks, for front ends.</summary>
    public IReadOnlyList<LookTaken> Looks => [.. _looks.Select(l => l.ToEvent())];

    /// <summary>7: the site does not answer; 4: something else does not work; 0: well, or only warnings.</summary>
    public ExitCode ExitCode => Doctor.Looks.ExitCodeOf(_looks);

    /// <summary>The number of each verdict, with the ids of those that are not well.</summary>
    public string Summary => Doctor.Looks.Summary(_looks);

    /// <summary>Looks now. It changes nothing.</summary>
    public static async Task<Checkup> MakeAsync(Installation installation, CancellationToken cancellation)
    {
        var facts = await new DoctorReader(installation).ReadAsync(cancellation);
        return new Checkup(facts, Doctor.Looks.Of(facts, installation.Settings.Answers));
    }
}
