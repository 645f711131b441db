using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>amd64 or arm64: the images of ERPNext, MariaDB, Redis and nginx exist for these two.</summary>
internal sealed class ArchitectureCheck : HostCheck<ArchitectureFact>
{
    /// <inheritdoc/>
    public override string Id => CheckId.Architecture;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) => "amd64 or arm64";

    /// <inheritdoc/>
    public override async Task<ArchitectureFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        var machine = probe.Host.ReadIdentity().Machine;
        try
        {
            return new ArchitectureFact(machine, (await probe.DockerInfoAsync(cancellation)).Architecture);
        }
        catch (DockerUnreachable)
        {
            return new ArchitectureFact(machine);
        }
    }

    /// <inheritdoc/>
    public override Verdict Judge(ArchitectureFact fact, AnswerFile answers)
    {
        var host = NameOf(fact.Machine);
        var engine = fact.Docker is null ? host : NameOf(fact.Docker);
        if (host is null || engine is null)
        {
            return new Verdict(
                VerdictKind.Fail,
                fact.Machine,
                Needed(answers),
                "Use an amd64 or arm64 machine; uname -m shows this machine's architecture"
            );
        }

        return host == engine
            ? new Verdict(VerdictKind.Pass, host, Needed(answers))
            : new Verdict(
                VerdictKind.Fail,
                $"this host is {host}, its Docker engine {engine}",
                Needed(answers),
                "Use the Docker engine of this host: docker context use default; unset DOCKER_HOST"
            );
    }

    private static string? NameOf(string machine) =>
        machine switch
        {
            "x86_64" or "amd64" => "amd64",
            "aarch64" or "arm64" => "arm64",
            _ => null,
        };
}
