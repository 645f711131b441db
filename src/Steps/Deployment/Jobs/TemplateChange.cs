namespace ErpInstaller.Deployment.Jobs;

/// <summary>What happens to the task when a template's content changes while it runs.</summary>
public enum TemplateChange
{
    /// <summary>Nothing: it is read once, at the start.</summary>
    Nothing,

    /// <summary>It gets SIGHUP and reads the file again.</summary>
    Reload,

    /// <summary>It is restarted: it reads the file at the start only, and must not go on with the old one.</summary>
    Restart,
}
