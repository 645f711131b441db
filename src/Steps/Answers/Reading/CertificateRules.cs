namespace ErpInstaller.Answers.Reading;

/// <summary>Rules for <c>[certificate]</c>: each mode has its keys, needs them and takes no others.</summary>
internal sealed class CertificateRules(CheckedKeys keys, CertificateAnswers answers, ProblemList problems)
{
    private const string Mode = "certificate.mode";
    private const string Delivery = "certificate.delivery";

    private static readonly (string Key, CertificateMode Of)[] Owned =
    [
        ("certificate.certificate", CertificateMode.Provided),
        ("certificate.key", CertificateMode.Provided),
        ("certificate.resolver", CertificateMode.LetsEncrypt),
    ];

    /// <summary>Applies them.</summary>
    public void Check()
    {
        if (!keys.IsSound(Mode))
        {
            return;
        }

        if (answers is { Mode: CertificateMode.LetsEncrypt, Delivery: CertificateDelivery.HostVolume })
        {
            problems.Add(keys.PlaceOf(Delivery), Delivery, "host-volume delivers certificate and key, and in the mode lets-encrypt Traefik has both");
        }

        var mode = ChoiceName.Of(answers.Mode);
        foreach (var (key, of) in Owned)
        {
            if (answers.Mode == of && !keys.Has(key))
            {
                problems.Add(keys.PlaceOf(Mode), key, $"is missing, and the mode {mode} needs it");
            }
            else if (answers.Mode != of && keys.Has(key))
            {
                var owner = ChoiceName.Of(of);
                problems.Add(
                    keys.PlaceOf(key), key, $"belongs to the mode {owner}, and the mode is {mode}", $"did you mean mode = \"{owner}\"?");
            }
        }
    }
}
