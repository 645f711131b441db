using ErpInstaller.Core.Errors;

namespace ErpInstaller.Run;

/// <summary>The export's directory cannot be written.</summary>
public sealed class ExportImpossible(string path, Exception cause)
    : InstallerException(
        $"{path}: cannot be written: {cause.Message}",
        "Give a directory that you can write.",
        ExitCode.Usage,
        cause
    );
