using ErpInstaller.Core.Errors;

namespace ErpInstaller.Terminal;

/// <summary>A full screen was asked for where none can be shown.</summary>
internal sealed class NoTerminal(string what)
    : InstallerException(what, "use --plain, or one of the commands: erp-installer --help", ExitCode.Usage);
