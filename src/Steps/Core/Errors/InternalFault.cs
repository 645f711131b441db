namespace ErpInstaller.Core.Errors;

/// <summary>A fault of the installer itself.</summary>
public sealed class InternalFault(Exception cause, string log)
    : InstallerException(
        $"The installer failed: {cause.GetType().Name}: {cause.Message.Split('\n')[0]}",
        $"This is a fault of the installer. Its details are in {log}; please report it with that file.",
        ExitCode.Internal,
        cause
    );
