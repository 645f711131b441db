namespace ErpInstaller.CommandLine;

/// <summary>The output format of a command.</summary>
public enum OutputFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON object per line; the last one is the result.</summary>
    Json,

    /// <summary>Of <c>status --live</c>: metrics for the textfile collector of Prometheus's node exporter.</summary>
    Prometheus,
}
