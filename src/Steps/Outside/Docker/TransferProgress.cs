namespace ErpInstaller.Outside.Docker;

/// <summary>The progress of a push or a pull, over all layers.</summary>
/// <param name="LayersDone">Layers that are present, including those from before.</param>
/// <param name="Layers">The known layers; more may follow.</param>
/// <param name="Bytes">Transferred so far.</param>
/// <param name="TotalBytes">The size of the started layers; 0 if unknown.</param>
/// <param name="Ratio">0 to 1. Each layer counts the same, because the size of a layer is unknown before it
/// starts.</param>
public sealed record TransferProgress(int LayersDone, int Layers, long Bytes, long TotalBytes, double Ratio)
{
    /// <inheritdoc/>
    public override string ToString() =>
        TotalBytes > 0
            ? FormattableString.Invariant(
                $"{LayersDone} of {Layers} layers, {Bytes / 1_000_000} of {TotalBytes / 1_000_000} MB"
            )
            : $"{LayersDone} of {Layers} layers";
}
