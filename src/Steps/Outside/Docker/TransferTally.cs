using Docker.DotNet.Models;

namespace ErpInstaller.Outside.Docker;

/// <summary>Adds up the engine's messages about the layers of a push or a pull.</summary>
internal sealed class TransferTally
{
    private static readonly string[] DoneStates =
    [
        "Pushed",
        "Layer already exists",
        "Mounted from",
        "Pull complete",
        "Already exists",
    ];
    private static readonly string[] MovingStates = ["Pushing", "Downloading"];
    private static readonly string[] MovedStates = ["Verifying Checksum", "Download complete", "Extracting"];

    private readonly Dictionary<string, (bool Done, long Bytes, long Total)> _layers = [];

    /// <summary>The digest of the pushed image; null until the engine reports it.</summary>
    public string? Digest { get; private set; }

    /// <summary>The engine's error; null if there is none.</summary>
    public string? Error { get; private set; }

    /// <summary>Takes a message. Returns the progress if the message changes it.</summary>
    public TransferProgress? Add(JSONMessage message)
    {
        Error ??= message.Error?.Message;
        Digest ??= AuxText.Of(message, "Digest");

        // "latest: Pulling from …" and "v1: digest: …" have a tag as id and belong to no layer.
        if (
            message is not { ID.Length: > 0, Status: { } status }
            || status.StartsWith("Pulling from", StringComparison.Ordinal)
            || status.StartsWith("digest:", StringComparison.Ordinal)
        )
        {
            return null;
        }

        var layer = _layers.GetValueOrDefault(message.ID);
        if (DoneStates.Any(s => status.StartsWith(s, StringComparison.Ordinal)))
        {
            layer = (true, layer.Total, layer.Total);
        }
        else if (MovingStates.Contains(status) && message.Progress is { } progress)
        {
            // The reported size of a layer can be less than what is sent.
            var bytes = progress.Current ?? 0;
            layer = (false, bytes, Math.Max(Math.Max(layer.Total, progress.Total ?? 0), bytes));
        }
        else if (MovedStates.Contains(status))
        {
            layer = (false, layer.Total, layer.Total);
        }

        _layers[message.ID] = layer;
        return new TransferProgress(
            _layers.Values.Count(l => l.Done),
            _layers.Count,
            _layers.Values.Sum(l => l.Bytes),
            _layers.Values.Sum(l => l.Total),
            _layers.Values.Average(l =>
                l.Done ? 1
                : l.Total > 0 ? (double)l.Bytes / l.Total
                : 0
            )
        );
    }
}
