using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The host has 8 cores that control groups and CPU affinity leave usable (architecture guide: "8 cores").
/// </summary>
internal sealed class CpuCheck : HostCheck<CpuFact>
{
    private const int Cores = 8;

    /// <inheritdoc/>
    public override string Id => CheckId.Cpu;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        answers.Nomad.Topology == NomadTopology.Single
            ? Amounts.Cores(Cores)
            : "none on this host; nomad-capacity checks the nodes";

    /// <inheritdoc/>
    public override Task<CpuFact> CollectAsync(HostProbe probe, CancellationToken cancellation) =>
        Task.FromResult(CpuFact.Of(probe.Host.ReadCpu()));

    /// <inheritdoc/>
    public override Verdict Judge(CpuFact fact, AnswerFile answers)
    {
        var found = Amounts.Cores(fact.Effective) + Limits(fact);
        return fact.Effective >= Cores || answers.Nomad.Topology == NomadTopology.Cluster
            ? new Verdict(VerdictKind.Pass, found, Needed(answers))
            : new Verdict(VerdictKind.Fail, found, Needed(answers), Hint(fact));
    }

    private static string Limits(CpuFact fact)
    {
        var limits = new List<string>();
        if (fact.Allowed < fact.Online)
        {
            limits.Add($"affinity allows {fact.Allowed}");
        }

        if (fact.Quota is { } quota && quota < fact.Online)
        {
            limits.Add($"the control group allows {Amounts.Cores(quota)}");
        }

        return limits.Count == 0 ? "" : $" ({fact.Online} online, {string.Join(", ", limits)})";
    }

    private static string Hint(CpuFact fact) =>
        fact switch
        {
            _ when fact.Quota < Cores && fact.Quota < fact.Allowed =>
                "Raise the control group's limit: systemctl set-property UNIT CPUQuota=; see: systemd-cgls",
            _ when fact.Online >= Cores => "Widen the affinity: taskset --cpu-list --all-tasks --pid 0-7 $$",
            _ => "Give the machine more CPUs; nproc --all shows how many it has",
        };
}
