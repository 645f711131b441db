namespace ErpInstaller.Deployment.Jobs;

/// <summary>A file rendered into the allocation.</summary>
/// <param name="Text">Its content; <c>{{ }}</c> is consul-template's.</param>
/// <param name="Destination">Below <c>local/</c>, or <c>secrets/</c> (memory of 1 MB).</param>
/// <param name="Mode">Octal, for example <c>0400</c>.</param>
/// <param name="Owner">uid and gid in the container.</param>
/// <param name="OnChange">What a change of its content does to the task.</param>
public sealed record JobTemplate(
    string Text,
    string Destination,
    string Mode,
    int Owner,
    TemplateChange OnChange = TemplateChange.Nothing
)
{
    /// <summary>Its lines <c>NAME=value</c> are the task's environment.</summary>
    public bool IsEnvironment { get; init; }
}
