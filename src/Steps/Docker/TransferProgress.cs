namespace ErpInstaller.Docker;

/// <summary>How far a push or a pull is, over all layers.</summary>
/// <param name="LayersDone">Layers that are there, also those that were there before.</param>
/// <param name="Layers">Layers heard of so far; more may come.</param>
/// <param name="Bytes">Transferred of the layers at work.</param>
/// <param name="TotalBytes">Size of the layers at work; 0: not known.</param>
public sealed record TransferProgress(int LayersDone, int Layers, long Bytes, long TotalBytes)
{
    /// <summary>0 to 1, null while nothing is known.</summary>
    public double? Ratio => TotalBytes > 0 ? Math.Min(1, (double)Bytes / TotalBytes) : Layers > 0 ? (double)LayersDone / Layers : null;

    /// <inheritdoc/>
    public override string ToString() => TotalBytes > 0
        ? FormattableString.Invariant($"{LayersDone} of {Layers} layers, {Bytes / 1_000_000} of {TotalBytes / 1_000_000} MB")
        : $"{LayersDone} of {Layers} layers";
}
