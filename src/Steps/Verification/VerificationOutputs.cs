using ErpInstaller.Run;

namespace ErpInstaller.Verification;

/// <summary>What the operator wants to know at the end.</summary>
/// <param name="Url">Where the site is.</param>
/// <param name="Address">The node's address, for a name that is not in DNS yet.</param>
/// <param name="Fingerprint">SHA-256 of the certificate, to compare in the browser; empty when it is trusted anyway.</param>
/// <param name="AdminPassword">How to read the administrator's password. Not the password.</param>
/// <param name="Containers">How many run.</param>
public sealed record VerificationOutputs(
    string Url,
    string Address,
    string Fingerprint,
    string AdminPassword,
    int Containers
) : StepOutputs
{
    /// <summary>What a proxy of the operator's own has to do; null: there is none.</summary>
    public string? Proxy { get; init; }

    /// <summary>Through which server the site sends mail, and what the test of it said; null: the answers set none up.</summary>
    public string? Mail { get; init; }

    /// <summary>What is odd about the site's name in DNS; null: nothing.</summary>
    public string? Name { get; init; }

    /// <summary>The site was asked from this host only: the command that asks from another machine.</summary>
    public string Elsewhere { get; init; } = "";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            var values = new Dictionary<string, string>
            {
                ["url"] = Url,
                ["address"] = Address,
                ["fingerprint"] = Fingerprint,
                ["user"] = "Administrator",
                ["password"] = AdminPassword,
                ["containers"] = FormattableString.Invariant($"{Containers}"),
                ["asked_from"] = "this host only; on another machine try:",
                ["elsewhere"] = Elsewhere,
            };
            if (Name is not null)
            {
                values["name"] = $"warning: {Name}";
            }

            if (Proxy is not null)
            {
                values["proxy"] = Proxy;
            }

            if (Mail is not null)
            {
                values["mail"] = Mail;
            }

            return values;
        }
    }
}
