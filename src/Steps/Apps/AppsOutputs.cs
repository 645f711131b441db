using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>The outputs of the apps step: the apps lock.</summary>
/// <param name="Lock">The apps lock.</param>
internal sealed record AppsOutputs(AppsLock Lock) : StepOutputs
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        new Dictionary<string, string>
        {
            ["fingerprint"] = Lock.Fingerprint(),
            ["apps"] = string.Join(", ", Lock.Apps.Select(a => a.Name)),
        };
}
