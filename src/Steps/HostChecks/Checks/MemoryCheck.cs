using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The host has 16 GB of memory. Kernel and firmware keep part of it, so such a machine reports 15.2 to 15.7 GiB:
/// the check passes from 15 GiB and warns from 14 GiB.
/// </summary>
internal sealed class MemoryCheck : HostCheck<MemoryFact>
{
    private const long Pass = 15 * Amounts.GiB;
    private const long Warn = 14 * Amounts.GiB;

    /// <inheritdoc/>
    public override string Id => CheckId.Memory;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        answers.Nomad.Topology == NomadTopology.Single
            ? "16 GB (15.0 GiB usable; from 14.0 with a warning)"
            : $"{Amounts.Memory(BuildNeed.Of(answers).Bytes)} to build the image; nomad-capacity checks the nodes";

    /// <inheritdoc/>
    public override Task<MemoryFact> CollectAsync(HostProbe probe, CancellationToken cancellation) =>
        Task.FromResult(MemoryFact.Of(probe.Host.ReadMemory()));

    /// <inheritdoc/>
    public override Verdict Judge(MemoryFact fact, AnswerFile answers)
    {
        var limited = fact.Limit < fact.Total;
        var found =
            Amounts.Memory(fact.Effective)
            + (limited ? $" (the control group's limit; the machine has {Amounts.Memory(fact.Total)})" : "");
        var building = answers.Image.Source == ImageSource.Build ? BuildNeed.Of(answers) : new BuildNeed(null, 0, 0);
        if (fact.Available < building.Bytes && fact.Effective >= Warn && answers.Nomad.Topology == NomadTopology.Single)
        {
            return new Verdict(
                VerdictKind.Warn,
                $"{found}, of which {Amounts.Memory(fact.Available.Value)} are free now",
                $"{Amounts.Memory(building.Bytes)} free to build the image"
                    + (building.App is { } app ? $": the front end of {app} takes the most" : ""),
                "Stop other programs while the image is built: free -m; ps aux --sort=-rss | head"
            );
        }

        // In a cluster this host may do no more than build the image.
        var kind = fact.Effective switch
        {
            _ when answers.Nomad.Topology == NomadTopology.Cluster => fact.Effective >= building.Bytes
                ? VerdictKind.Pass
                : VerdictKind.Warn,
            >= Pass => VerdictKind.Pass,
            >= Warn => VerdictKind.Warn,
            _ => VerdictKind.Fail,
        };
        var hint =
            kind == VerdictKind.Pass ? ""
            : limited ? "Raise the control group's limit: systemctl set-property UNIT MemoryMax=; see: systemd-cgls"
            : "Give the machine more memory; free -h shows how much it has";
        return new Verdict(kind, found, Needed(answers), hint);
    }
}
