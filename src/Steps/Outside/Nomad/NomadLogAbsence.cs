namespace ErpInstaller.Outside.Nomad;

/// <summary>Why a task's log cannot be read.</summary>
public enum NomadLogAbsence
{
    /// <summary>The task has not started yet.</summary>
    NotStarted,

    /// <summary>The client has removed the allocation.</summary>
    Removed,

    /// <summary>The client collects no logs.</summary>
    NotKept,
}
