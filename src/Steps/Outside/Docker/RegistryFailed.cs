using System.Text.RegularExpressions;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Outside.Docker;

/// <summary>An image could not be pulled from or pushed to a registry.</summary>
internal sealed class RegistryFailed : InstallerException
{
    private RegistryFailed(RegistryFault fault, string message, string hint, Exception? cause)
        : base(ErrorCode.RegistryFailed, message, hint, cause) => Fault = fault;

    /// <summary>Why.</summary>
    public RegistryFault Fault { get; }

    /// <summary>Makes the error from the engine's message about a registry.</summary>
    /// <param name="reference">The image.</param>
    /// <param name="said">The engine's message.</param>
    public static RegistryFailed Explain(string reference, string said, Exception? cause = null)
    {
        var line = TerminalText.Clean(said).ReplaceLineEndings(" ").Trim();
        var found = RegistryFaults.Find(reference, line);
        return new RegistryFailed(
            found?.Fault ?? RegistryFault.Other,
            found is null ? $"{reference}: {line}" : $"{reference}: {found.What} ({line})",
            found?.Hint ?? "Read the engine's log: journalctl -u docker --since -10min",
            cause
        );
    }
}

/// <summary>The causes of failed pulls and pushes.</summary>
internal static class RegistryFaults
{
    private const string Registry = "REGISTRY";
    private const string Host = "HOST";

    // Messages of the engine (moby, distribution) and of Go's standard library. If a line matches several rows, the
    // first one wins.
    private static readonly Diagnosis<RegistryFault>[] Table =
    [
        new(
            RegistryFault.RateLimit,
            Diagnosis.Says("toomanyrequests", "rate limit"),
            "the registry limits how often images are pulled",
            $"Log in (docker login {Registry}), or wait some hours."
        ),
        new(
            RegistryFault.Architecture,
            Diagnosis.Says("no matching manifest"),
            "it does not exist for this architecture",
            $"List the architectures: docker manifest inspect {Registry}/…"
        )
        {
            IsFinal = true,
        },
        new(
            RegistryFault.PlainHttp,
            Diagnosis.Says("gave HTTP response to HTTPS client", "first record does not look like a TLS handshake"),
            "the registry speaks plain HTTP",
            $"Give it a certificate, or set \"insecure-registries\": [\"{Registry}\"] in /etc/docker/daemon.json, "
                + "here and on every Nomad client."
        )
        {
            IsFinal = true,
        },
        new(
            RegistryFault.Certificate,
            Diagnosis.Says("x509:", "certificate signed by unknown authority", "tls: failed to verify"),
            "the registry's certificate is not trusted",
            $"Put its CA into /etc/docker/certs.d/{Registry}/ca.crt, here and on every Nomad client."
        )
        {
            IsFinal = true,
        },
        new(
            RegistryFault.Unauthorized,
            Diagnosis.Says(
                "unauthorized",
                "no basic auth credentials",
                "authentication required",
                "denied: ",
                "access denied",
                "incorrect username or password"
            ),
            "the registry refuses the login, or asks for one",
            $"Set image.username and image.password, or: docker login {Registry}"
        )
        {
            IsFinal = true,
        },
        new(
            RegistryFault.Absent,
            Diagnosis.Says("manifest unknown", "not found", "name unknown", "repository does not exist"),
            "the registry does not have it",
            $"Check the name and the tag: docker pull {Registry}/…"
        )
        {
            IsFinal = true,
        },
        new(
            RegistryFault.Unreachable,
            Diagnosis.Says("no such host"),
            "the registry's name does not resolve",
            $"Check the name and /etc/resolv.conf: getent hosts {Host}"
        )
        {
            IsFinal = true,
        },
        new(
            RegistryFault.Unreachable,
            new Regex(
                "server misbehaving|connection refused|connection timed out|i/o timeout|network is unreachable"
                    + "|no route to host|Client\\.Timeout|connection reset|broken pipe|context deadline exceeded"
                    + "|TLS handshake timeout|unexpected HTTP status: 50|EOF$",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
            ),
            "the registry does not answer",
            $"Try it from this host: curl -I https://{Registry}/v2/"
        ),
        new(
            RegistryFault.DiskFull,
            Diagnosis.Says("no space left on device"),
            "the disk is full",
            "See what uses the space: docker system df"
        ),
    ];

    /// <summary>The cause that the engine names, with a hint for the image's registry; null: it is not known.</summary>
    public static Diagnosis<RegistryFault>? Find(string reference, string said) =>
        Table.Find(said) is not { } found
            ? null
            : found with
            {
                Hint = found
                    .Hint.Replace(Registry, ImageReference.Registry(reference), StringComparison.Ordinal)
                    .Replace(Host, ImageReference.Registry(reference).Split(':')[0], StringComparison.Ordinal),
            };
}

/// <summary>The cause of a failed pull or push.</summary>
public enum RegistryFault
{
    /// <summary>Another cause.</summary>
    Other,

    /// <summary>It asks for a login, or refuses the one given.</summary>
    Unauthorized,

    /// <summary>It has no such image.</summary>
    Absent,

    /// <summary>It has the image for other architectures only.</summary>
    Architecture,

    /// <summary>It limits how often images are pulled.</summary>
    RateLimit,

    /// <summary>It speaks plain HTTP, and the engine was not told to accept that.</summary>
    PlainHttp,

    /// <summary>Its certificate is not trusted.</summary>
    Certificate,

    /// <summary>Its name does not resolve, or it does not answer.</summary>
    Unreachable,

    /// <summary>The disk is full.</summary>
    DiskFull,
}
