using ErpInstaller.Core.Errors;

namespace ErpInstaller.Terminal;

/// <summary>The terminal cannot show the full screen.</summary>
internal sealed class NoTerminal(string what)
    : InstallerException(what, "use erp-installer --plain, or a command: erp-installer --help", ExitCode.Usage);
