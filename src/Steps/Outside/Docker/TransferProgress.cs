namespace ErpInstaller.Outside.Docker;

/// <summary>How far a push or a pull is, over all layers.</summary>
/// <param name="LayersDone">Layers that are there, also those that were there before.</param>
/// <param name="Layers">Layers heard of so far; more may come.</param>
/// <param name="Bytes">Transferred so far.</param>
/// <param name="TotalBytes">Size of the layers that were begun; 0: not known.</param>
/// <param name="Ratio">0 to 1, each layer counting the same: the size of one is not known before it is begun.</param>
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
