using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>What a renewal of the certificate would do.</summary>
public sealed record CertificateRenewal
{
    /// <summary>Why there is nothing to renew, for the operator; null: there is.</summary>
    public string? Nothing { get; private init; }

    /// <summary>The certificate that is made anew, by its fingerprint; null: the operator provides it.</summary>
    public string? Replaced { get; private init; }

    /// <summary>Looks at the files. Changes nothing.</summary>
    /// <exception cref="InstallerException">The provided files cannot serve the site.</exception>
    public static CertificateRenewal Of(Installation installation)
    {
        ArgumentNullException.ThrowIfNull(installation);
        var context = installation.ContextOf(StepId.Certificate);
        var found = CertificateFiles.Find(context.Directory, context.Secrets, out _);
        return context.Answers.Certificate.Mode switch
        {
            CertificateMode.SelfSigned => new CertificateRenewal { Replaced = found?.Leaf.Fingerprint },
            CertificateMode.Provided => OfProvided(found, context),
            CertificateMode.LetsEncrypt => Without("Traefik has the certificate and renews it by itself"),
            _ => Without("Your own proxy has the certificate (certificate.mode = \"none\")"),
        };
    }

    private static CertificateRenewal OfProvided(CertificateFiles? found, StepContext context)
    {
        var given = ProvidedSource.FilesOf(context).Files;
        return found?.Equal(given) == true
            ? new CertificateRenewal
            {
                Nothing =
                    $"{context.Answers.Certificate.Certificate} is the certificate in use, valid "
                    + $"{given.Leaf.Validity}. Put the new certificate and its key in place, then: erp-installer renew",
            }
            : new CertificateRenewal();
    }

    private static CertificateRenewal Without(string reason) =>
        new() { Nothing = $"{reason}: there is nothing to renew here." };
}
