using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>Nomad answers, has a leader and is 1.5 or newer (the first version whose Variables hold 64 KiB).</summary>
public sealed class NomadCheck : HostCheck<NomadFact>
{
    private static readonly Version MinVersion = new(1, 5);

    /// <inheritdoc/>
    public override string Id => CheckId.Nomad;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) => "Nomad 1.5 or newer, with a leader";

    /// <inheritdoc/>
    public override async Task<NomadFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        var address = probe.Nomad.Address.ToString().TrimEnd('/');
        try
        {
            var leader = await probe.Nomad.FindLeaderAsync(cancellation);
            var (version, development) = await AgentAsync(probe, cancellation);
            return new NomadFact(address, version, leader, Development: development);
        }
        catch (InstallerException e)
        {
            return new NomadFact(address, Problem: e.Message, Hint: e.Hint);
        }
    }

    /// <inheritdoc/>
    public override Verdict Judge(NomadFact fact, AnswerFile answers)
    {
        if (fact.Problem is not null)
        {
            return new Verdict(VerdictKind.Fail, fact.Problem, Needed(answers), fact.Hint ?? HintWhenUnknown(answers));
        }

        var found =
            $"Nomad {fact.Version} at {fact.Address}, {(fact.Leader is null ? "no leader" : $"leader {fact.Leader}")}";
        if (Parse(fact.Version) is not { } version || version < MinVersion)
        {
            return new Verdict(
                VerdictKind.Fail,
                found,
                Needed(answers),
                "Update Nomad, servers first: nomad version; nomad server members"
            );
        }

        if (fact.Leader is null)
        {
            return new Verdict(
                VerdictKind.Fail,
                found,
                Needed(answers),
                "nomad server members; nomad operator raft list-peers"
            );
        }

        return fact.Development == true
            ? new Verdict(
                VerdictKind.Warn,
                $"{found}; a development agent (-dev), which forgets all jobs and secrets when it ends",
                Needed(answers),
                "For a site that stays: stop it, set data_dir, server and client in /etc/nomad.d/nomad.hcl, then sudo "
                    + "systemctl enable --now nomad"
            )
            : new Verdict(VerdictKind.Pass, found, Needed(answers));
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "systemctl status nomad";

    // A token without "agent read" may still have "node read".
    private static async Task<(string? Version, bool? Development)> AgentAsync(
        HostProbe probe,
        CancellationToken cancellation
    )
    {
        try
        {
            var config = (await probe.AgentAsync(cancellation)).Config;
            return (config.Version.Version, config.DevMode);
        }
        catch (NomadDenied)
        {
            return ((await probe.NodeAsync(cancellation)).Attributes.GetValueOrDefault("nomad.version"), null);
        }
    }

    // 1.11.0-beta.1 counts as 1.11.0, and 1.9.3+ent as 1.9.3.
    private static Version? Parse(string? text) =>
        Version.TryParse(text?.Split('-', '+')[0], out var version) ? version : null;
}
