namespace ErpInstaller.CommandLine;

/// <summary>How a command speaks.</summary>
public enum OutputFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON object a line; the last is the result.</summary>
    Json,
}
