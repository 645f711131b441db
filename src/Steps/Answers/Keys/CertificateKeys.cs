using static ErpInstaller.Answers.Keys.KeysOf<ErpInstaller.Answers.CertificateAnswers>;

namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[certificate]</c>.</summary>
internal static class CertificateKeys
{
    /// <summary>The table with its keys.</summary>
    public static TableKey All { get; } =
        KeysOf<AnswerFile>.Table(
            "certificate",
            "Where the site's certificate comes from.",
            a => a.Certificate,
            (a, v) => a with { Certificate = v },
            [
                Choice(
                    "mode",
                    "self-signed: the installer makes one. provided: certificate and key are files. "
                        + "lets-encrypt: Traefik obtains it. none: your own proxy has it.",
                    [
                        new(CertificateMode.SelfSigned, "Made here. Browsers warn; users accept it once."),
                        new(CertificateMode.Provided, "You have chain and key as PEM files."),
                        new(CertificateMode.LetsEncrypt, "Traefik obtains it, for a public name."),
                        new(CertificateMode.None, "Your own proxy has it; the site is plain HTTP behind it."),
                    ],
                    c => c.Mode,
                    (c, v) => c with { Mode = v }
                ) with
                {
                    Label = "Certificate",
                },
                Text(
                    "certificate",
                    "For provided: the chain as a PEM file, the site's certificate first.",
                    TextRules.AbsolutePath,
                    c => c.Certificate,
                    (c, v) => c with { Certificate = v }
                ) with
                {
                    Label = "Chain (PEM)",
                    Applies = a => a.Certificate.Mode == CertificateMode.Provided,
                },
                Text(
                    "key",
                    "For provided: the unencrypted key as a PEM file.",
                    TextRules.AbsolutePath,
                    c => c.Key,
                    (c, v) => c with { Key = v }
                ) with
                {
                    Label = "Key (PEM)",
                    Applies = a => a.Certificate.Mode == CertificateMode.Provided,
                },
                Choice(
                    "delivery",
                    "How both reach the frontend. variable: in a Nomad Variable. host-volume: as a file in the "
                        + "node's host volume JOB-ssl.",
                    [
                        new(CertificateDelivery.Variable, "Through a Nomad Variable: no file on the node."),
                        new(CertificateDelivery.HostVolume, "As a file in the node's host volume JOB-ssl."),
                    ],
                    c => c.Delivery,
                    (c, v) => c with { Delivery = v }
                ) with
                {
                    Label = "Delivery",
                    Applies = a => a.Certificate.Mode.ServesTls(),
                },
                Text(
                    "resolver",
                    "For lets-encrypt: the name of Traefik's certificate resolver.",
                    TextRules.Resolver,
                    c => c.Resolver,
                    (c, v) => c with { Resolver = v }
                ) with
                {
                    Label = "Resolver",
                    Applies = a => a.Certificate.Mode == CertificateMode.LetsEncrypt,
                },
            ]
        );
}
