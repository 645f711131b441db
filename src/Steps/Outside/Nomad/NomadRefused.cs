using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Nomad;

/// <summary>Nomad answers that what was asked for is wrong, for example an invalid job.</summary>
public sealed class NomadRefused(string what, string reason)
    : InstallerException(
        $"Nomad refuses {what}: {reason}",
        "Look at the job as it was sent, in the directory generated/ of the state directory.",
        ExitCode.StepFailed
    )
{
    /// <summary>
    /// Nomad's multi-line lists of nested errors condensed to the innermost ones, on one line
    /// (hashicorp/go-multierror's format, as in the recorded <c>error-register-invalid-job</c>).
    /// </summary>
    public static string Condense(string body)
    {
        var leaves = body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(l => l.TrimStart('*', ' '))
            .Select(l =>
                l.EndsWith("1 error occurred:", StringComparison.Ordinal)
                    ? l[..^"1 error occurred:".Length].TrimEnd(' ', ':')
                    : l
            )
            .Where(l => l.Length > 0 && !l.EndsWith("errors occurred:", StringComparison.Ordinal));
        return string.Join(": ", leaves);
    }
}
