namespace ErpInstaller.Core.Errors;

/// <summary>The exit codes of the program. They never change, because scripts rely on them.</summary>
public enum ExitCode
{
    /// <summary>Success.</summary>
    Done = 0,

    /// <summary>A fault of the installer itself.</summary>
    Internal = 1,

    /// <summary>The answers or the command line are wrong.</summary>
    Usage = 2,

    /// <summary>A host check failed and was not accepted.</summary>
    HostChecks = 3,

    /// <summary>A step failed, or Nomad, Docker or a repository did not answer; the next run resumes there.</summary>
    StepFailed = 4,

    /// <summary>Another run holds the lock of the state directory.</summary>
    LockHeld = 5,

    /// <summary>The answers or Nomad's jobs changed since the last run or plan.</summary>
    AnswersChanged = 6,

    /// <summary>Deployed, but the site does not answer as it should.</summary>
    VerificationFailed = 7,

    /// <summary><c>plan</c> only: there are changes to make.</summary>
    ChangesPlanned = 10,

    /// <summary>A wait passed its deadline.</summary>
    Timeout = 124,

    /// <summary>Interrupted by a signal; state is saved.</summary>
    Interrupted = 130,
}
