using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>A Nomad that answers, is 1.5 or newer (its Variables hold 64 KiB from there on), and has a leader.</summary>
public sealed class NomadCheck : HostCheck<NomadFact>
{
    private static readonly Version Least = new(1, 5);

    /// <inheritdoc/>
    public override string Id => CheckId.Nomad;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) => "Nomad 1.5 or newer, with a leader";

    /// <inheritdoc/>
    public override async Task<NomadFact> CollectAsync(HostSurvey survey, CancellationToken cancellation)
    {
        var address = survey.Nomad.Address.ToString().TrimEnd('/');
        try
        {
            var leader = await survey.Nomad.FindLeaderAsync(cancellation);
            return new NomadFact(address, await VersionAsync(survey, cancellation), leader);
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
        if (Parse(fact.Version) is not { } version || version < Least)
        {
            return new Verdict(
                VerdictKind.Fail,
                found,
                Needed(answers),
                "Update Nomad, servers first: nomad version; nomad server members"
            );
        }

        return fact.Leader is null
            ? new Verdict(
                VerdictKind.Fail,
                found,
                Needed(answers),
                "nomad server members; nomad operator raft list-peers"
            )
            : new Verdict(VerdictKind.Pass, found, Needed(answers));
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "systemctl status nomad";

    // A token that may not ask the agent may still ask about the node.
    private static async Task<string?> VersionAsync(HostSurvey survey, CancellationToken cancellation)
    {
        try
        {
            return (await survey.AgentAsync(cancellation)).Config.Version.Version;
        }
        catch (NomadDenied)
        {
            return (await survey.NodeAsync(cancellation)).Attributes.GetValueOrDefault("nomad.version");
        }
    }

    // 1.11.0-beta.1 and 1.9.3+ent count as the version they are of.
    private static Version? Parse(string? text) =>
        Version.TryParse(text?.Split('-', '+')[0], out var version) ? version : null;
}
