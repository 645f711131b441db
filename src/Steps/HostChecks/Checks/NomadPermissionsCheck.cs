using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The token has every capability that an installation needs. Nomad is asked call by call, without changing anything.
/// </summary>
internal sealed class NomadPermissionsCheck : HostCheck<NomadPermissionsFact>
{
    /// <inheritdoc/>
    public override string Id => CheckId.NomadPermissions;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        "to read nodes, submit and read jobs, read and write variables";

    /// <inheritdoc/>
    public override async Task<NomadPermissionsFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        var denied = await PermissionProbe.DeniedAsync(probe.Nomad, probe.Answers.Nomad.Job, cancellation);
        return new NomadPermissionsFact(
            probe.Nomad.Namespace,
            denied,
            denied.Contains(PermissionProbe.AgentRead)
                ? true
                : (await probe.AgentAsync(cancellation)).Config.ACL.Enabled,
            await NamespaceExistsAsync(probe.Nomad, cancellation)
        );
    }

    /// <inheritdoc/>
    public override Verdict Judge(NomadPermissionsFact fact, AnswerFile answers)
    {
        // Nomad stores variables for a namespace that does not exist and refuses only the jobs, at the very end.
        if (fact.NamespaceExists == false)
        {
            return new Verdict(
                VerdictKind.Fail,
                $"Nomad has no namespace {fact.Namespace}",
                Needed(answers),
                $"nomad namespace apply {fact.Namespace}; or set nomad.namespace in the answers (NOMAD_NAMESPACE)"
            );
        }

        if (fact.Denied.Count > 0)
        {
            return new Verdict(
                VerdictKind.Fail,
                $"missing: {string.Join(", ", fact.Denied)}",
                Needed(answers),
                Policy(fact.Namespace, answers)
            );
        }

        return new Verdict(
            VerdictKind.Pass,
            fact.AclEnabled == false ? "ACLs are off" : "the token has all capabilities",
            Needed(answers)
        );
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "nomad acl token self";

    private static async Task<bool?> NamespaceExistsAsync(NomadClient nomad, CancellationToken cancellation)
    {
        try
        {
            return await nomad.HasNamespaceAsync(cancellation);
        }
        catch (NomadDenied)
        {
            return null;
        }
    }

    /// <summary>A command that creates the smallest sufficient policy and a token with it.</summary>
    private static string Policy(string nomadNamespace, AnswerFile answers) =>
        "printf '"
        + $"namespace \"{nomadNamespace}\" {{\\n  capabilities = [\"read-job\", \"submit-job\", \"read-logs\"]"
        + "  # alloc-exec too for shell, bench and doctor; alloc-lifecycle too for restart\\n"
        + $"  variables {{\\n    path \"nomad/jobs/{answers.Nomad.Job}*\" {{\\n      capabilities = [\"read\", "
        + "\"write\"]  # destroy too for remove\\n    }\\n  }\\n}\\n"
        + string.Concat(
            HostVolumes(answers).Select(v => $"host_volume \"{v.Name}\" {{\\n  policy = \"{v.Policy}\"\\n}}\\n")
        )
        + "node {\\n  policy = \"read\"\\n}\\nagent {\\n  policy = \"read\"\\n}\\n' "
        + $"| nomad acl policy apply {PolicyName(nomadNamespace, answers)} - "
        + $"&& nomad acl token create -name={PolicyName(nomadNamespace, answers)} "
        + $"-policy={PolicyName(nomadNamespace, answers)}";

    // Policy names are global, and applying a policy replaces the one of the same name. A shared name would take away
    // the rights of another installation's token.
    private static string PolicyName(string nomadNamespace, AnswerFile answers) =>
        nomadNamespace == "default"
            ? $"erp-installer-{answers.Nomad.Job}"
            : $"erp-installer-{nomadNamespace}-{answers.Nomad.Job}";

    // A volume that the job mounts read-only needs the read policy only.
    private static IEnumerable<(string Name, string Policy)> HostVolumes(AnswerFile answers) =>
        new[] { answers.Cluster.DatabaseVolume, answers.Cluster.RedisQueueVolume, answers.Cluster.SitesVolume }
            .OfType<string>()
            .Select(v => (v, "write"))
            .Concat(CertificateVolume.IsWanted(answers) ? [(CertificateVolume.NameOf(answers.Nomad.Job), "read")] : []);
}
