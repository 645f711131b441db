using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Nomad;

/// <summary>Nomad has no log of a task that could be read.</summary>
public sealed class NomadLogMissing(string task, NomadLogAbsence absence)
    : InstallerException($"the log of {task} cannot be read: {Words(absence)}", Advice(absence), ExitCode.StepFailed)
{
    /// <summary>Why there is none.</summary>
    public NomadLogAbsence Absence => absence;

    private static string Words(NomadLogAbsence absence) =>
        absence switch
        {
            NomadLogAbsence.NotStarted => "it has not started",
            NomadLogAbsence.Removed =>
                "Nomad has removed the ended allocation with its log, as it does while the disk is over 80 % full",
            _ => "Nomad keeps no log of it; disable_log_collection may be set for the docker plugin",
        };

    // gc_disk_usage_threshold of the client, 80 unless configured (client/gc.go).
    private static string Advice(NomadLogAbsence absence) =>
        absence switch
        {
            NomadLogAbsence.NotStarted => "Wait until it runs.",
            NomadLogAbsence.Removed =>
                "Free space on the disk with Nomad's alloc_dir, below 80 %, and run the same command again: erp-installer install",
            _ =>
                "Allow log collection in the client's configuration (plugin \"docker\": disable_log_collection = false), restart the client, and run again: erp-installer install",
        };
}
