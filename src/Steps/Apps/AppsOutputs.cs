using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>What later steps need of the apps: the lock.</summary>
/// <param name="Lock">Every app with its commit.</param>
public sealed record AppsOutputs(AppsLock Lock) : StepOutputs
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        new Dictionary<string, string>
        {
            ["fingerprint"] = Lock.Fingerprint(),
            ["apps"] = string.Join(", ", Lock.Apps.Select(a => a.Name)),
        };
}
