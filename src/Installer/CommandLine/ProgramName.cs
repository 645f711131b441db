using ErpInstaller.Core.Text;

namespace ErpInstaller.CommandLine;

/// <summary>What the operator typed to call this program: hints name it so.</summary>
internal static class ProgramName
{
    // Set by the script that builds and starts it, and inherited by the process of an installation.
    private const string Variable = "ERP_INSTALLER_CALLED";

    /// <summary>As typed, quoted for a shell; its plain name when nothing says how it was called.</summary>
    public static string Typed { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } typed ? ShellWord.Of(typed) : "erp-installer";
}
