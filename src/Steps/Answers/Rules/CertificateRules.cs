using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>
/// Rules for <c>[certificate]</c>: each mode requires its own keys and refuses those of the other modes.
/// </summary>
internal sealed class CertificateRules(CheckedKeys keys, AnswerFile file, ProblemList problems)
{
    private const string Mode = "certificate.mode";
    private const string Delivery = "certificate.delivery";
    private const string Proxies = "site.trusted_proxies";

    private static readonly (string Key, CertificateMode Of)[] Owned =
    [
        ("certificate.certificate", CertificateMode.Provided),
        ("certificate.key", CertificateMode.Provided),
        ("certificate.resolver", CertificateMode.LetsEncrypt),
    ];

    private readonly CertificateAnswers _answers = file.Certificate;

    /// <summary>Applies them.</summary>
    public void Check()
    {
        if (!keys.IsSound(Mode))
        {
            return;
        }

        if (_answers is { Mode: CertificateMode.LetsEncrypt, Delivery: CertificateDelivery.HostVolume })
        {
            problems.Add(
                keys.PlaceOf(Delivery),
                Delivery,
                "host-volume delivers certificate and key; in the mode lets-encrypt Traefik holds both"
            );
        }

        if (_answers is { Mode: CertificateMode.None, Delivery: CertificateDelivery.HostVolume })
        {
            problems.Add(
                keys.PlaceOf(Delivery),
                Delivery,
                "host-volume delivers certificate and key; in the mode none your proxy holds both"
            );
        }

        CheckProxies();
        var mode = ChoiceName.Of(_answers.Mode);
        foreach (var (key, of) in Owned)
        {
            if (_answers.Mode == of && !keys.Has(key))
            {
                problems.Add(keys.PlaceOf(Mode), key, $"is missing, and the mode {mode} needs it");
            }
            else if (_answers.Mode != of && keys.Has(key))
            {
                var owner = ChoiceName.Of(of);
                problems.Add(
                    keys.PlaceOf(key),
                    key,
                    $"belongs to the mode {owner}, and the mode is {mode}",
                    $"did you mean mode = \"{owner}\"?"
                );
            }
        }
    }

    private void CheckProxies()
    {
        if (!keys.IsSound(Proxies))
        {
            return;
        }

        if (_answers.Mode != CertificateMode.None && file.Site.TrustedProxies.Count > 0)
        {
            problems.Add(
                keys.PlaceOf(Proxies),
                Proxies,
                $"belongs to certificate.mode none, and the mode is {ChoiceName.Of(_answers.Mode)}",
                "did you mean certificate.mode = \"none\"?"
            );
        }
        else if (_answers.Mode == CertificateMode.None && file.Site.TrustedProxies.Count == 0)
        {
            problems.Warn(
                keys.PlaceOf(keys.Has(Proxies) ? Proxies : Mode),
                Proxies,
                "is empty: ERPNext sees your proxy's address for every visitor, and your proxy must redirect http to "
                    + "https itself",
                "trusted_proxies = [\"192.0.2.10\"]"
            );
        }
    }
}
