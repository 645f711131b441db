using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// buildx is installed if the answers ask for it. Without it, the engine's own builder builds the same image, but
/// slower.
/// </summary>
internal sealed class DockerBuilderCheck : HostCheck<DockerBuilderFact>
{
    /// <inheritdoc/>
    public override string Id => CheckId.DockerBuilder;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        answers.Image switch
        {
            { Source: ImageSource.Existing } => "none: the image exists",
            { Builder: ImageBuilder.Engine } => "the engine's own builder, as the answers say",
            { Builder: ImageBuilder.Buildx } => "docker buildx, as the answers say",
            _ => "docker buildx, or the engine's own builder",
        };

    /// <inheritdoc/>
    public override async Task<DockerBuilderFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        if (probe.Answers.Image.Source == ImageSource.Existing)
        {
            return new DockerBuilderFact(Version: null, "not checked");
        }

        // Without an engine there is no builder. The docker check fails then; here the verdict is unknown.
        await probe.DockerInfoAsync(cancellation);
        try
        {
            var version = await probe.Host.AskProgramAsync("docker", ["buildx", "version"], cancellation);

            // The plugin can be installed while its builder is broken, so ask the builder itself.
            await probe.Host.AskProgramAsync("docker", ["buildx", "inspect"], cancellation);
            return new DockerBuilderFact(version);
        }
        catch (ProgramUnavailable e)
        {
            return new DockerBuilderFact(Version: null, e.Message);
        }
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "systemctl status docker";

    /// <inheritdoc/>
    public override Verdict Judge(DockerBuilderFact fact, AnswerFile answers)
    {
        if (answers.Image.Source == ImageSource.Existing)
        {
            return new Verdict(VerdictKind.Pass, "not checked", Needed(answers));
        }

        var found = fact.Version ?? $"no buildx ({fact.Problem})";
        if (fact.Version is not null || answers.Image.Builder == ImageBuilder.Engine)
        {
            return new Verdict(VerdictKind.Pass, found, Needed(answers));
        }

        var kind = answers.Image.Builder == ImageBuilder.Buildx ? VerdictKind.Fail : VerdictKind.Warn;
        return new Verdict(
            kind,
            found,
            Needed(answers),
            "apt-get install docker-buildx (or docker-buildx-plugin) && docker buildx inspect"
        );
    }
}
