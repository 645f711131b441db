using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>What later steps need of the apps: the lock.</summary>
/// <param name="Lock">Every app with its commit.</param>
public sealed record AppsOutputs(AppsLock Lock) : StepOutputs
{
    /// <summary>Name of the output that changes with the image's content.</summary>
    public const string Fingerprint = "fingerprint";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        new Dictionary<string, string>
        {
            [Fingerprint] = Lock.Fingerprint(),
            ["apps"] = string.Join(", ", Lock.Apps.Select(a => a.Name)),
        };
}
