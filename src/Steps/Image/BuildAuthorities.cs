using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Outside.Host;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// The CAs that the commands of a build trust in addition to those of the base image: the file of
/// <c>image.ca_certificate</c>, or those that this host's administrator added. For BuildKit they are a secret, which is
/// in no layer and does not repeat cached work. The engine's own builder has no secrets: there they are a file in
/// stages of which the image takes nothing.
/// </summary>
internal sealed class BuildAuthorities
{
    /// <summary>Id of the secret.</summary>
    public const string Secret = "authorities";

    /// <summary>The file in the context of the engine's own builder.</summary>
    public const string FileName = "authorities.pem";

    /// <summary>Options for a RUN instruction whose commands reach other hosts. Without the secret they do
    /// nothing.</summary>
    public const string Mount = $"--mount=type=secret,id={Secret},uid=1000 ";

    private readonly AuthorityFiles _found;

    private BuildAuthorities(AuthorityFiles found) => _found = found;

    /// <summary>True when there is at least one.</summary>
    public bool Any => Pem.Length > 0;

    /// <summary>The certificates as PEM; empty: none.</summary>
    public string Pem => _found.Pem;

    /// <summary>The files, for the operator.</summary>
    public string Files => string.Join(", ", _found.Files);

    /// <summary>Files of this host's additions that hold no certificate.</summary>
    public IReadOnlyList<string> Unreadable => _found.Unreadable;

    /// <summary>The same as a file of the context.</summary>
    public GeneratedFile AsFile => new(FileName, Pem);

    /// <summary>Reads them.</summary>
    /// <exception cref="InstallerException">The answers name a file without a certificate.</exception>
    public static BuildAuthorities Read(StepContext context) =>
        new(
            HostAuthorities.ReadAnswer(
                "image.ca_certificate",
                context.Answers.Image.CaCertificate,
                ErrorCode.BuildAuthorityMissing,
                context.World.Host
            )
        );
}
