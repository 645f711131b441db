namespace ErpInstaller.Run;

/// <summary>How much a log line matters.</summary>
public enum LogLevel
{
    /// <summary>Output of builds and containers.</summary>
    Output,

    /// <summary>What the installer does.</summary>
    Info,

    /// <summary>Something the operator should know, without which it goes on.</summary>
    Warning,
}
