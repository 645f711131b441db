using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;

namespace ErpInstaller.Backup;

/// <summary>What a Variable is of use for: with it, it stays or is removed.</summary>
internal enum VariableUse
{
    /// <summary>The jobs only. An install writes it again.</summary>
    Jobs,

    /// <summary>The data of the site, which is lost without it.</summary>
    Data,

    /// <summary>The backups, which are lost without it.</summary>
    Backups,
}

/// <summary>A Variable of an installation.</summary>
/// <param name="Content">What is in it, in a few words.</param>
internal sealed record InstallationVariable(string Path, string Content, VariableUse Use);

/// <summary>Every Variable that an installation can have at Nomad.</summary>
internal static class InstallationVariables
{
    /// <summary>All of them, whether they are there or not.</summary>
    /// <param name="job">The job of the answers.</param>
    public static IReadOnlyList<InstallationVariable> Of(string job) =>
        [
            new(VariablePaths.Frontend(job), "the certificate", VariableUse.Jobs),
            new(VariablePaths.Application(job), "secrets of the application", VariableUse.Jobs),
            new(VariablePaths.Verify(job), "secrets of the verification", VariableUse.Jobs),
            new(VariablePaths.Of(new JobIds(job).Restore), "secrets of restores", VariableUse.Jobs),
            new(ActionSecrets.PathOf(job), "copies of passwords for updates and restores", VariableUse.Jobs),
            new(VariablePaths.Database(job), "password of the database", VariableUse.Data),
            new(VariablePaths.Data(job), "passwords of the data", VariableUse.Data),
            new(VariablePaths.Init(job), "passwords of the site", VariableUse.Data),
            new(VariablePaths.Schedule(job), "password of the backups", VariableUse.Backups),
            new(VariablePaths.Backup(job), "PASSWORD OF ALL BACKUPS", VariableUse.Backups),
        ];
}
