using ErpInstaller.Run;

namespace ErpInstaller.Verification;

/// <summary>The outputs of the verification: what the operator needs to use the site.</summary>
/// <param name="Url">The site's URL.</param>
/// <param name="Address">The node's address, for use before the name is in DNS.</param>
/// <param name="Fingerprint">SHA-256 of the certificate, to compare in the browser; empty when it is trusted.</param>
/// <param name="AdminPassword">The command that prints the administrator's password, not the password itself.</param>
/// <param name="Containers">The number of running containers.</param>
internal sealed record VerificationOutputs(
    string Url,
    string Address,
    string Fingerprint,
    string AdminPassword,
    int Containers
) : StepOutputs
{
    /// <summary>What the operator's own proxy must forward; null: there is no proxy.</summary>
    public string? Proxy { get; init; }

    /// <summary>The mail server and the result of its test; null: the answers set no mail server.</summary>
    public string? Mail { get; init; }

    /// <summary>The problem of the site's name in DNS; null: none.</summary>
    public string? Name { get; init; }

    /// <summary>The command that tests the site from another machine: the verification ran on this host only.</summary>
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
                ["asked_from"] = "this host only; from another machine try:",
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
