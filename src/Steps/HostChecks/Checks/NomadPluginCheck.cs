using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The client's docker plugin keeps the image, lets the entrypoints of MariaDB and Redis give up root, lets containers
/// read Nomad's files under SELinux, and collects logs. Nomad itself reports most of this only when a task fails.
/// </summary>
internal sealed class NomadPluginCheck : HostCheck<NomadPluginFact>
{
    // The entrypoints of MariaDB and Redis start as root: they take the data directory over (chown, and dac_override to
    // read it) and become another user (setuid, setgid). The container's init sends that user's process signals (kill).
    private static readonly string[] Capabilities = ["chown", "dac_override", "kill", "setgid", "setuid"];

    /// <inheritdoc/>
    public override string Id => CheckId.NomadPlugin;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        "a docker plugin that keeps images, collects logs, and has Nomad's default allow_caps";

    /// <inheritdoc/>
    public override async Task<NomadPluginFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        var node = await probe.NodeAsync(cancellation);
        return new NomadPluginFact(
            node.Name,
            await PluginAsync(probe, node, cancellation),
            await probe.HasSelinuxAsync(cancellation)
        );
    }

    /// <inheritdoc/>
    public override Verdict Judge(NomadPluginFact fact, AnswerFile answers)
    {
        var findings = (fact.Plugin is { } plugin ? Findings(plugin, fact, answers) : UnseenFindings(fact)).ToList();
        if (findings.Count > 0)
        {
            return new Verdict(
                findings.Max(f => f.Kind),
                $"{fact.Node}: {string.Join("; ", findings.Select(f => f.Found))}",
                Needed(answers),
                $"In the client's configuration: {Block(findings)}; then sudo systemctl restart nomad. A second block "
                    + "would replace the one that is there: grep -rl 'plugin \"docker\"' /etc/nomad.d"
            );
        }

        return new Verdict(
            VerdictKind.Pass,
            fact.Plugin is null ? "not checked: the agent does not show this node's configuration" : fact.Node,
            Needed(answers)
        );
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "nomad agent-info; nomad node status -self";

    // Nomad reads its configuration as HCL 1, which takes commas between the entries of one line.
    private static string Block(IEnumerable<Finding> findings) =>
        $"plugin \"docker\" {{ config {{ {string.Join(", ", findings.Select(f => f.Setting))} }} }}";

    private static IEnumerable<Finding> Findings(NomadDockerPlugin plugin, NomadPluginFact fact, AnswerFile answers)
    {
        var missing = Missing(plugin);
        if (missing.Count > 0)
        {
            yield return new Finding(
                VerdictKind.Fail,
                $"allow_caps lacks {string.Join(", ", missing)}, which the entrypoints of MariaDB and Redis need",
                $"allow_caps = [{string.Join(", ", plugin.AllowedCapabilities!.Concat(missing).Select(Quoted))}]"
            );
        }

        if (fact.HasSelinux == true && plugin.SelinuxLabel is null)
        {
            yield return new Finding(
                VerdictKind.Fail,
                "SELinux is on and volumes has no selinuxlabel, so containers cannot read Nomad's files",
                NomadVolumesCheck.SettingWithSelinux
            );
        }

        // A registry has the image when Nomad removed it from the node.
        if (plugin.CollectsImages && answers.Image.Registry.Length == 0)
        {
            yield return new Finding(
                VerdictKind.Warn,
                "Nomad removes an image minutes after its last container, and this one is in no registry",
                "gc { image = false }"
            );
        }

        if (!plugin.CollectsLogs)
        {
            yield return new Finding(
                VerdictKind.Warn,
                "log collection is off, so the reason of a failed task is known only while its container exists",
                "disable_log_collection = false"
            );
        }
    }

    private static IEnumerable<Finding> UnseenFindings(NomadPluginFact fact)
    {
        if (fact.HasSelinux == true)
        {
            yield return new Finding(
                VerdictKind.Warn,
                "SELinux is on, and the agent does not show whether volumes has a selinuxlabel",
                NomadVolumesCheck.SettingWithSelinux
            );
        }
    }

    private static IReadOnlyList<string> Missing(NomadDockerPlugin plugin) =>
        plugin.AllowedCapabilities is { } allowed && !allowed.Contains("all") ? [.. Capabilities.Except(allowed)] : [];

    // Only the node's own agent has its configuration, and the token needs "agent read".
    private static async Task<NomadDockerPlugin?> PluginAsync(
        HostProbe probe,
        NomadNode node,
        CancellationToken cancellation
    )
    {
        try
        {
            return await probe.AgentNodeAsync(cancellation) == node.ID
                ? NomadDockerPlugin.Of((await probe.AgentAsync(cancellation)).Config)
                : null;
        }
        catch (NomadDenied)
        {
            return null;
        }
    }

    private static string Quoted(string name) => $"\"{name}\"";

    private sealed record Finding(VerdictKind Kind, string Found, string Setting);
}
