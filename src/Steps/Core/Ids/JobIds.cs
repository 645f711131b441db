namespace ErpInstaller.Core.Ids;

/// <summary>The ids of one installation's jobs at Nomad.</summary>
/// <param name="Application">The job that serves the site: <c>nomad.job</c> of the answers. The others are named after
/// it.</param>
internal sealed record JobIds(string Application)
{
    /// <summary>The data job: MariaDB and Redis.</summary>
    public string Data => $"{Application}-data";

    /// <summary>The init job, which creates the site.</summary>
    public string Init => $"{Application}-init";

    /// <summary>The verify job, which checks the site from inside.</summary>
    public string Verify => $"{Application}-verify";

    /// <summary>The backup job, which writes, checks and lists backups.</summary>
    public string Backup => $"{Application}-backup";

    /// <summary>The job that makes the scheduled backups.</summary>
    public string Schedule => $"{Application}-schedule";

    /// <summary>The job that restores the site.</summary>
    public string Restore => $"{Application}-restore";

    /// <summary>The jobs of a deployment, in the order in which they are registered.</summary>
    public IReadOnlyList<string> Deployed => [Data, Init, Application];

    /// <summary>The jobs that run one script and end.</summary>
    public IReadOnlyList<string> Scripts => [Init, Verify, Backup, Restore];

    /// <summary>Every job id of an installation.</summary>
    public IReadOnlyList<string> All => [.. Deployed, Verify, Backup, Schedule, Restore];
}
