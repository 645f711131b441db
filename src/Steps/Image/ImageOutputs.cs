using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>The outputs of the image step.</summary>
/// <param name="Reference">The reference for Nomad: <c>repository@sha256:…</c> for an image in a registry, otherwise
/// <c>repository:tag</c>.</param>
/// <param name="Id">The image's id on this engine; empty before it exists.</param>
internal sealed record ImageOutputs(string Reference, string Id) : StepOutputs
{
    /// <summary>Name of the output with the reference, on which the jobs depend.</summary>
    public const string ReferenceKey = "reference";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        new Dictionary<string, string> { [ReferenceKey] = Reference, ["id"] = Id };
}
