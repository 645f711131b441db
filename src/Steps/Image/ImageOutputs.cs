using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>What later steps need of the image.</summary>
/// <param name="Reference">What Nomad is given: <c>repository@sha256:…</c> when it is in a registry, else <c>repository:tag</c>.</param>
/// <param name="Id">The image's id on this engine; empty when it is not known yet.</param>
public sealed record ImageOutputs(string Reference, string Id) : StepOutputs
{
    /// <summary>Name of the output that the jobs depend on.</summary>
    public const string ReferenceKey = "reference";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        new Dictionary<string, string> { [ReferenceKey] = Reference, ["id"] = Id };
}
