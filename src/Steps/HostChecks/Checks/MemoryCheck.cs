using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// 16 GB nominal. The kernel and firmware keep part of the installed memory, so a 16 GB machine reports 15.2 to 15.7 GiB:
/// pass from 15, warn from 14.
/// </summary>
public sealed class MemoryCheck : HostCheck<MemoryFact>
{
    private const long Pass = 15 * Amounts.GiB;
    private const long Warn = 14 * Amounts.GiB;

    /// <inheritdoc/>
    public override string Id => CheckId.Memory;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        answers.Nomad.Topology == NomadTopology.Single
            ? "16 GB (15.0 GiB usable; from 14.0 with a warning)"
            : $"{Amounts.Memory(BuildNeed.Of(answers).Bytes)} to build the image; nomad-capacity judges the nodes";

    /// <inheritdoc/>
    public override Task<MemoryFact> CollectAsync(HostSurvey survey, CancellationToken cancellation) =>
        Task.FromResult(MemoryFact.Of(survey.Host.ReadMemory()));

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
                $"{Amounts.Memory(building.Bytes)} free to build the image{(building.App is { } app ? $": the front end of {app} takes most" : "")}",
                "Stop what is not needed while the image is built: free -m; ps aux --sort=-rss | head"
            );
        }

        // In a cluster this host may only build the image.
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
            : "Give the machine more memory; now: free -h";
        return new Verdict(kind, found, Needed(answers), hint);
    }
}
