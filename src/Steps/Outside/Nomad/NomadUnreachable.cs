using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Nomad;

/// <summary>Nomad does not answer, or not as Nomad does.</summary>
public sealed class NomadUnreachable(string message, string hint, Exception? cause = null)
    : InstallerException(message, hint, ExitCode.StepFailed, cause)
{
    private const string Where = "the address is nomad.address in the answers, or NOMAD_ADDR";

    /// <summary>What mends it where nothing takes the connection: a Nomad that is not there is not mended by a look at its service.</summary>
    /// <param name="installed">Whether a Nomad is on this host's disk; null: look.</param>
    internal static string WhatMends(Uri address, bool? installed = null) =>
        !address.IsLoopback || (installed ?? IsInstalled)
            ? $"systemctl status nomad; {Where}"
            : $"No nomad is in the PATH here: https://developer.hashicorp.com/nomad/install; of one elsewhere {Where}";

    private static bool IsInstalled =>
        File.Exists("/etc/nomad.d/nomad.hcl")
        || (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Any(d => File.Exists(Path.Combine(d, "nomad")));
}
