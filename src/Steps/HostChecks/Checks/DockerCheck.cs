using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The engine is Docker, speaks API 1.41 (Docker 20.10) or newer, and is set up so that Nomad's containers can work.
/// </summary>
public sealed class DockerCheck : HostCheck<DockerFact>
{
    private static readonly Version MinVersion = new(1, 41);

    /// <inheritdoc/>
    public override string Id => CheckId.Docker;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) => "Docker 20.10 or newer (API 1.41)";

    /// <inheritdoc/>
    public override async Task<DockerFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        try
        {
            var info = await probe.DockerInfoAsync(cancellation);
            return new DockerFact(info.Version, info.ApiVersion, info.RootDirectory)
            {
                Product = info.Product == DockerEngineInfo.Docker ? null : info.Product,
                SecurityOptions = info.SecurityOptions,
                StorageDriver = info.StorageDriver,
            };
        }
        catch (Exception e) when (e is DockerUnreachable or DockerRefused)
        {
            return new DockerFact(Version: null, Problem: e.Message, Hint: (e as InstallerException)?.Hint);
        }
    }

    /// <inheritdoc/>
    public override Verdict Judge(DockerFact fact, AnswerFile answers)
    {
        if (fact.Version is null)
        {
            return new Verdict(
                VerdictKind.Fail,
                fact.Problem ?? "no answer",
                Needed(answers),
                fact.Hint ?? HintWhenUnknown(answers)
            );
        }

        if (UnsuitableEngine.Find(fact) is { } unsuitable)
        {
            return unsuitable;
        }

        var found = $"Docker {fact.Version} (API {fact.ApiVersion})";
        return Version.TryParse(fact.ApiVersion, out var version) && version >= MinVersion
            ? new Verdict(VerdictKind.Pass, found, Needed(answers))
            : new Verdict(
                VerdictKind.Fail,
                found,
                Needed(answers),
                "Update Docker: apt-get update && apt-get install docker.io"
            );
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "systemctl status docker";
}
