using ErpInstaller.Core.Text;

namespace ErpInstaller.CommandLine;

/// <summary>The name by which the operator called this program, for commands in hints.</summary>
internal static class ProgramName
{
    // The script that builds and starts the program sets it, and the process of an installation inherits it.
    private const string Variable = "ERP_INSTALLER_CALLED";

    /// <summary>The typed name, quoted for a shell, or the plain program name.</summary>
    public static string Typed { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } typed ? ShellWord.Of(typed) : "erp-installer";
}
