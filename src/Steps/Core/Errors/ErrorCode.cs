namespace ErpInstaller.Core.Errors;

/// <summary>
/// A kind of error, by its word in <c>state.toml</c>, in the log and in the JSON events. Scripts and earlier state
/// files know these words, so a word never changes and never gets another meaning. docs/errors.md has the meanings.
/// </summary>
public sealed record ErrorCode
{
    private ErrorCode(string word, ExitCode exitCode) => (Word, ExitCode) = (word, exitCode);

    /// <summary>The word, for example <c>LockHeld</c>.</summary>
    public string Word { get; }

    /// <summary>The exit code of a command that ends with this error, unless the error sets another one.</summary>
    public ExitCode ExitCode { get; }

    public static readonly ErrorCode InternalFault = new("InternalFault", ExitCode.Internal);

    // The command line and the state directory.
    public static readonly ErrorCode AssetMissing = new("AssetMissing", ExitCode.Usage);
    public static readonly ErrorCode BundleNotWritten = new("BundleNotWritten", ExitCode.Usage);
    public static readonly ErrorCode ExportImpossible = new("ExportImpossible", ExitCode.Usage);
    public static readonly ErrorCode FileExists = new("FileExists", ExitCode.Usage);
    public static readonly ErrorCode FileUnreadable = new("FileUnreadable", ExitCode.Usage);
    public static readonly ErrorCode LockHeld = new("LockHeld", ExitCode.LockHeld);
    public static readonly ErrorCode NoTerminal = new("NoTerminal", ExitCode.Usage);
    public static readonly ErrorCode RehearsalMismatch = new("RehearsalMismatch", ExitCode.Usage);
    public static readonly ErrorCode StateDirectoryUnusable = new("StateDirectoryUnusable", ExitCode.Usage);

    // A run in a process of its own, and the front ends that attach to it.
    public static readonly ErrorCode EngineGone = new("EngineGone", ExitCode.Internal);
    public static readonly ErrorCode EngineNotStarted = new("EngineNotStarted", ExitCode.Internal);
    public static readonly ErrorCode EngineRefuses = new("EngineRefuses", ExitCode.Usage);
    public static readonly ErrorCode EngineSocketUnusable = new("EngineSocketUnusable", ExitCode.Usage);
    public static readonly ErrorCode NothingRuns = new("NothingRuns", ExitCode.Usage);

    // Answers and secrets.
    public static readonly ErrorCode AnswersChanged = new("AnswersChanged", ExitCode.AnswersChanged);
    public static readonly ErrorCode AnswersInvalid = new("AnswersInvalid", ExitCode.Usage);
    public static readonly ErrorCode AnswersMissing = new("AnswersMissing", ExitCode.Usage);
    public static readonly ErrorCode AnswersNotEdited = new("AnswersNotEdited", ExitCode.Usage);
    public static readonly ErrorCode AnswersUnreadable = new("AnswersUnreadable", ExitCode.Usage);
    public static readonly ErrorCode AppsUnusable = new("AppsUnusable", ExitCode.Usage);
    public static readonly ErrorCode ChangeNotConfirmed = new("ChangeNotConfirmed", ExitCode.Usage);
    public static readonly ErrorCode ReleaseUnreadable = new("ReleaseUnreadable", ExitCode.Usage);
    public static readonly ErrorCode SecretRefused = new("SecretRefused", ExitCode.Usage);
    public static readonly ErrorCode SecretUnavailable = new("SecretUnavailable", ExitCode.Usage);

    // Removals.
    public static readonly ErrorCode RemovalNotConfirmed = new("RemovalNotConfirmed", ExitCode.Usage);
    public static readonly ErrorCode RemovalUnfinished = new("RemovalUnfinished", ExitCode.StepFailed);

    // Restores.
    public static readonly ErrorCode RestoreFailed = new("RestoreFailed", ExitCode.StepFailed);
    public static readonly ErrorCode RestoreNoSpace = new("RestoreNoSpace", ExitCode.StepFailed);
    public static readonly ErrorCode RestoreNotConfirmed = new("RestoreNotConfirmed", ExitCode.Usage);
    public static readonly ErrorCode RestoreSourceUnfit = new("RestoreSourceUnfit", ExitCode.StepFailed);
    public static readonly ErrorCode RestoreUnfinished = new("RestoreUnfinished", ExitCode.StepFailed);

    // Backups.
    public static readonly ErrorCode BackupDamaged = new("BackupDamaged", ExitCode.StepFailed);
    public static readonly ErrorCode BackupDumpFailed = new("BackupDumpFailed", ExitCode.StepFailed);
    public static readonly ErrorCode BackupFailed = new("BackupFailed", ExitCode.StepFailed);
    public static readonly ErrorCode BackupPasswordWrong = new("BackupPasswordWrong", ExitCode.StepFailed);
    public static readonly ErrorCode BackupAuthorityMissing = new("BackupAuthorityMissing", ExitCode.Usage);
    public static readonly ErrorCode BackupRepositoryDenied = new("BackupRepositoryDenied", ExitCode.StepFailed);
    public static readonly ErrorCode BackupRepositoryFull = new("BackupRepositoryFull", ExitCode.StepFailed);
    public static readonly ErrorCode BackupRepositoryLocked = new("BackupRepositoryLocked", ExitCode.StepFailed);
    public static readonly ErrorCode BackupRepositoryUnreachable = new(
        "BackupRepositoryUnreachable",
        ExitCode.StepFailed
    );
    public static readonly ErrorCode BackupRunning = new("BackupRunning", ExitCode.StepFailed);
    public static readonly ErrorCode BackupUnknown = new("BackupUnknown", ExitCode.StepFailed);
    public static readonly ErrorCode NotInstalled = new("NotInstalled", ExitCode.StepFailed);
    public static readonly ErrorCode NothingToRollBack = new("NothingToRollBack", ExitCode.StepFailed);

    // Any step.
    public static readonly ErrorCode ResultMissing = new("ResultMissing", ExitCode.StepFailed);
    public static readonly ErrorCode StepTimedOut = new("StepTimedOut", ExitCode.Timeout);

    // The host and its programs.
    public static readonly ErrorCode HostChecksFailed = new("HostChecksFailed", ExitCode.HostChecks);
    public static readonly ErrorCode ProgramUnavailable = new("ProgramUnavailable", ExitCode.StepFailed);

    // Apps.
    public static readonly ErrorCode AppNotRemoved = new("AppNotRemoved", ExitCode.StepFailed);
    public static readonly ErrorCode AppRefMissing = new("AppRefMissing", ExitCode.StepFailed);
    public static readonly ErrorCode AppsDoNotFit = new("AppsDoNotFit", ExitCode.StepFailed);
    public static readonly ErrorCode RepositoryUnreachable = new("RepositoryUnreachable", ExitCode.StepFailed);

    // The operator's certificate.
    public static readonly ErrorCode CertificateChainBroken = new("CertificateChainBroken", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateChainIncomplete = new(
        "CertificateChainIncomplete",
        ExitCode.StepFailed
    );
    public static readonly ErrorCode CertificateChainOrder = new("CertificateChainOrder", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateExpired = new("CertificateExpired", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateFileMissing = new("CertificateFileMissing", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateFileUnreadable = new("CertificateFileUnreadable", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateFilesSwitched = new("CertificateFilesSwitched", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateIssuerUnfit = new("CertificateIssuerUnfit", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateKeyEncrypted = new("CertificateKeyEncrypted", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateKeyMismatch = new("CertificateKeyMismatch", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateKeyOpenToOthers = new(
        "CertificateKeyOpenToOthers",
        ExitCode.StepFailed
    );
    public static readonly ErrorCode CertificateKeyUnsupported = new("CertificateKeyUnsupported", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateKeyWeak = new("CertificateKeyWeak", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateNameNotCovered = new("CertificateNameNotCovered", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateNotForServers = new("CertificateNotForServers", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateNotPem = new("CertificateNotPem", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateNotYetValid = new("CertificateNotYetValid", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateOfAuthority = new("CertificateOfAuthority", ExitCode.StepFailed);
    public static readonly ErrorCode CertificateWeakSignature = new("CertificateWeakSignature", ExitCode.StepFailed);

    // Docker, registries and the image.
    public static readonly ErrorCode AppSourceRefused = new("AppSourceRefused", ExitCode.Usage);
    public static readonly ErrorCode BuildAuthorityMissing = new("BuildAuthorityMissing", ExitCode.Usage);
    public static readonly ErrorCode BuildFailed = new("BuildFailed", ExitCode.StepFailed);
    public static readonly ErrorCode BuildStopped = new("BuildStopped", ExitCode.StepFailed);
    public static readonly ErrorCode BuilderMissing = new("BuilderMissing", ExitCode.StepFailed);
    public static readonly ErrorCode DockerConfigurationUnreadable = new(
        "DockerConfigurationUnreadable",
        ExitCode.StepFailed
    );
    public static readonly ErrorCode DockerRefused = new("DockerRefused", ExitCode.StepFailed);
    public static readonly ErrorCode DockerUnreachable = new("DockerUnreachable", ExitCode.StepFailed);
    public static readonly ErrorCode ImageContentWrong = new("ImageContentWrong", ExitCode.StepFailed);
    public static readonly ErrorCode LockUnusable = new("LockUnusable", ExitCode.Usage);
    public static readonly ErrorCode RegistryFailed = new("RegistryFailed", ExitCode.StepFailed);

    // Containers.
    public static readonly ErrorCode CommandRefused = new("CommandRefused", ExitCode.StepFailed);
    public static readonly ErrorCode ContainerNotRunning = new("ContainerNotRunning", ExitCode.StepFailed);
    public static readonly ErrorCode GroupUnknown = new("GroupUnknown", ExitCode.Usage);

    // Nomad.
    public static readonly ErrorCode NomadConflict = new("NomadConflict", ExitCode.AnswersChanged);
    public static readonly ErrorCode NomadConnectionWrong = new("NomadConnectionWrong", ExitCode.Usage);
    public static readonly ErrorCode NomadDenied = new("NomadDenied", ExitCode.StepFailed);
    public static readonly ErrorCode NomadLogMissing = new("NomadLogMissing", ExitCode.StepFailed);
    public static readonly ErrorCode NomadNodeUnknown = new("NomadNodeUnknown", ExitCode.StepFailed);
    public static readonly ErrorCode NomadRefused = new("NomadRefused", ExitCode.StepFailed);
    public static readonly ErrorCode NomadUnreachable = new("NomadUnreachable", ExitCode.StepFailed);

    // The deployment.
    public static readonly ErrorCode AllocationFailed = new("AllocationFailed", ExitCode.StepFailed);
    public static readonly ErrorCode ClusterUnfit = new("ClusterUnfit", ExitCode.StepFailed);
    public static readonly ErrorCode DeploymentFailed = new("DeploymentFailed", ExitCode.StepFailed);
    public static readonly ErrorCode ForeignJob = new("ForeignJob", ExitCode.StepFailed);
    public static readonly ErrorCode HostVolumeUnusable = new("HostVolumeUnusable", ExitCode.StepFailed);
    public static readonly ErrorCode PlacementBlocked = new("PlacementBlocked", ExitCode.StepFailed);
    public static readonly ErrorCode PlanOutdated = new("PlanOutdated", ExitCode.AnswersChanged);
    public static readonly ErrorCode TokenExpired = new("TokenExpired", ExitCode.StepFailed);

    // An update that changes the database.
    public static readonly ErrorCode SiteInMaintenance = new("SiteInMaintenance", ExitCode.StepFailed);
    public static readonly ErrorCode UpdateStuck = new("UpdateStuck", ExitCode.StepFailed);
    public static readonly ErrorCode UpdateTakenBack = new("UpdateTakenBack", ExitCode.StepFailed);
    public static readonly ErrorCode WorkersBusy = new("WorkersBusy", ExitCode.StepFailed);

    // The site.
    public static readonly ErrorCode SiteSilent = new("SiteSilent", ExitCode.VerificationFailed);
    public static readonly ErrorCode VerificationFailed = new("VerificationFailed", ExitCode.VerificationFailed);

    /// <summary>A code that another process of the installer reported. This version may not know it.</summary>
    public static ErrorCode Reported(string word, ExitCode exitCode) => new(word, exitCode);

    /// <inheritdoc/>
    public override string ToString() => Word;
}
