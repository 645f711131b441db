using ErpInstaller.Certificate;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Secrets;

/// <summary>
/// The Nomad Variables with the certificate, which are written again when it changes. Containers that must trust it get
/// the chain; the frontend also gets the key, unless a host volume holds it. There are none when Traefik has both.
/// </summary>
internal sealed class CertificateVariables(StepContext context)
{
    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly string _job = context.Answers.Nomad.Job;
    private readonly CertificateOutputs _certificate = context.Earlier<CertificateOutputs>();

    private IReadOnlyList<string> Paths =>
        _certificate.ChainPath is null ? [] : [VariablePaths.Application(_job), VariablePaths.Frontend(_job)];

    /// <summary>What <see cref="WriteAsync"/> would do.</summary>
    public async Task<IReadOnlyList<PlannedChange>> PlanAsync(CancellationToken cancellation)
    {
        var changes = new List<PlannedChange>();
        foreach (var path in Paths)
        {
            var found = await _nomad.FindVariableAsync(path, cancellation);
            if (found is null)
            {
                changes.Add(new PlannedChange(ChangeKind.Create, $"variable {path}", "certificate"));
            }
            else if (ItemsOf(path) is not { } items || !Has(found, items))
            {
                changes.Add(new PlannedChange(ChangeKind.Update, $"variable {path}", $"certificate; {Follows(path)}"));
            }
        }

        return changes;
    }

    /// <summary>Writes those that are missing or have another certificate; their other items stay.</summary>
    /// <exception cref="NomadConflict">A Variable changed in the meantime.</exception>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        foreach (var path in Paths)
        {
            var found = await _nomad.FindVariableAsync(path, cancellation);
            if (ItemsOf(path) is { } items && (found is null || !Has(found, items)))
            {
                var all = (found?.Items ?? [])
                    .Where(i => !items.ContainsKey(i.Key))
                    .Concat(items.Where(i => i.Value is not null).Select(i => KeyValuePair.Create(i.Key, i.Value!)));
                await _nomad.PutVariableAsync(path, all.ToDictionary(), found?.ModifyIndex ?? 0, cancellation);
            }
        }
    }

    // Nomad's own reaction to a change of the Variable. No job is planned or registered for it.
    private string Follows(string path) =>
        path == VariablePaths.Frontend(_job) ? "nginx reads it again" : "websocket is restarted to trust it";

    // An item that is null must be absent. There are no items before the certificate is made.
    private Dictionary<string, string?>? ItemsOf(string path)
    {
        if (CertificateFiles.Of(_certificate, context.Directory, context.Secrets) is not { } files)
        {
            return null;
        }

        // Node.js trusts a chain only if it knows the root; a certificate below the root is not enough.
        var roots = path == VariablePaths.Frontend(_job) ? null : ChainTrust.MissingRoot(files.ChainPem);
        var items = new Dictionary<string, string?> { [VariablePaths.Certificate] = files.ChainPem + roots };
        if (path == VariablePaths.Frontend(_job))
        {
            items[VariablePaths.Key] = CertificateVolume.IsWanted(context.Answers) ? null : files.KeyPem;
        }

        return items;
    }

    private static bool Has(NomadVariable found, Dictionary<string, string?> wanted) =>
        wanted.All(w => found.Items.GetValueOrDefault(w.Key) == w.Value);
}
