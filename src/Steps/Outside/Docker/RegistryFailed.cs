using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Outside.Docker;

/// <summary>A registry did not give or take an image.</summary>
public sealed class RegistryFailed : InstallerException
{
    private RegistryFailed(RegistryFault fault, string message, string hint, Exception? cause)
        : base(ErrorCode.RegistryFailed, message, hint, cause) => Fault = fault;

    /// <summary>Why.</summary>
    public RegistryFault Fault { get; }

    /// <summary>Makes an error of what the engine says about a registry.</summary>
    /// <param name="reference">The image it was about.</param>
    /// <param name="said">The engine's words.</param>
    public static RegistryFailed Explain(string reference, string said, Exception? cause = null)
    {
        var line = TerminalText.Clean(said).ReplaceLineEndings(" ").Trim();
        var registry = ImageReference.Registry(reference);
        var (fault, what, hint) = Classify(line, registry);
        return new RegistryFailed(
            fault,
            what is null ? $"{reference}: {line}" : $"{reference}: {what} ({line})",
            hint,
            cause
        );
    }

    // Words of the engine (moby, distribution) and of Go's standard library.
    private static (RegistryFault Fault, string? What, string Hint) Classify(string line, string registry)
    {
        bool Says(params string[] parts) => parts.Any(p => line.Contains(p, StringComparison.OrdinalIgnoreCase));
        return line switch
        {
            _ when Says("toomanyrequests", "rate limit") => (
                RegistryFault.RateLimit,
                "the registry limits how often images are pulled",
                $"Log in (docker login {registry}), or wait some hours."
            ),
            _ when Says("no matching manifest") => (
                RegistryFault.Architecture,
                "it does not exist for this architecture",
                "See which there are: docker manifest inspect " + registry + "/…"
            ),
            _ when Says("gave HTTP response to HTTPS client", "first record does not look like a TLS handshake") => (
                RegistryFault.PlainHttp,
                "the registry speaks plain HTTP",
                $"Give it a certificate, or say \"insecure-registries\": [\"{registry}\"] in /etc/docker/daemon.json, here and on every Nomad client."
            ),
            _ when Says("x509:", "certificate signed by unknown authority", "tls: failed to verify") => (
                RegistryFault.Certificate,
                "the registry's certificate is not trusted",
                $"Put its CA into /etc/docker/certs.d/{registry}/ca.crt, here and on every Nomad client."
            ),
            _ when Says(
                    "unauthorized",
                    "no basic auth credentials",
                    "authentication required",
                    "denied: ",
                    "access denied",
                    "incorrect username or password"
                ) => (
                RegistryFault.Unauthorized,
                "the registry refuses the login, or asks for one",
                $"Set image.username and image.password, or: docker login {registry}"
            ),
            _ when Says("manifest unknown", "not found", "name unknown") => (
                RegistryFault.Absent,
                "the registry does not have it",
                $"Look at the name and the tag: docker pull {registry}/…"
            ),
            _ when Says(
                    "no such host",
                    "server misbehaving",
                    "connection refused",
                    "connection timed out",
                    "i/o timeout",
                    "network is unreachable",
                    "no route to host",
                    "Client.Timeout",
                    "connection reset",
                    "broken pipe",
                    "context deadline exceeded",
                    "TLS handshake timeout",
                    "unexpected HTTP status: 50"
                ) || line.EndsWith("EOF", StringComparison.Ordinal) => (
                RegistryFault.Unreachable,
                "the registry does not answer",
                $"Try it from this host: curl -I https://{registry}/v2/"
            ),
            _ when Says("no space left on device") => (
                RegistryFault.DiskFull,
                "the disk is full",
                "See what takes the room: docker system df"
            ),
            _ => (RegistryFault.Other, null, "The engine's own log may say more: journalctl -u docker --since -10min"),
        };
    }
}
