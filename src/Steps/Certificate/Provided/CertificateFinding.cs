namespace ErpInstaller.Certificate.Provided;

/// <summary>A problem or warning about a provided certificate.</summary>
/// <param name="Problem">The kind of problem.</param>
/// <param name="Message">One line that names the file and its problem.</param>
/// <param name="Hint">What to do, with a command to copy if there is one.</param>
/// <param name="IsWarning">True when the certificate can still be used.</param>
public sealed record CertificateFinding(
    CertificateProblem Problem,
    string Message,
    string Hint,
    bool IsWarning = false
);
