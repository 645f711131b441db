using ErpInstaller.Run;

namespace ErpInstaller.Core.Errors;

/// <summary>What a run tells the shell. Scripts rely on these numbers: they never change.</summary>
public enum ExitCode
{
    /// <summary>Everything asked for is in place.</summary>
    Done = 0,

    /// <summary>A fault of the installer itself.</summary>
    Internal = 1,

    /// <summary>The answers or the command line are wrong.</summary>
    Usage = 2,

    /// <summary>A host check failed and was not accepted.</summary>
    HostChecks = 3,

    /// <summary>A step failed, or Nomad, Docker or a repository does not answer; the next run goes on there.</summary>
    StepFailed = 4,

    /// <summary>Another run holds the lock of the state directory.</summary>
    LockHeld = 5,

    /// <summary>The answers changed since steps were done with them.</summary>
    AnswersChanged = 6,

    /// <summary>Deployed, but the site does not answer as it should.</summary>
    VerificationFailed = 7,

    /// <summary><c>plan</c> only: there is something to do.</summary>
    ChangesPlanned = 10,

    /// <summary>A wait passed its deadline.</summary>
    Timeout = 124,

    /// <summary>Interrupted by a signal; state is saved.</summary>
    Interrupted = 130,
}
