using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>Rules for <c>[nomad]</c>.</summary>
internal sealed class NomadRules(CheckedKeys keys, NomadAnswers answers, ProblemList problems)
{
    private const string Certificate = "nomad.client_certificate";
    private const string Key = "nomad.client_key";
    private static readonly string[] OfTls = ["nomad.ca_certificate", Certificate, Key, "nomad.tls_server_name"];

    /// <summary>Applies them.</summary>
    public void Check()
    {
        if (keys.Has(Certificate) != keys.Has(Key))
        {
            var (there, absent) = keys.Has(Certificate) ? (Certificate, Key) : (Key, Certificate);
            problems.Add(keys.PlaceOf(there), absent, $"is missing, and {there} needs it");
        }

        if (answers.Address?.StartsWith("http://", StringComparison.Ordinal) != true)
        {
            return;
        }

        foreach (var key in OfTls.Where(keys.Has))
        {
            problems.Warn(keys.PlaceOf(key), key, "has no effect: nomad.address is http, not https");
        }
    }
}
