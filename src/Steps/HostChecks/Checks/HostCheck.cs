using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>A check with its own type of fact.</summary>
public abstract class HostCheck<TFact> : IHostCheck
    where TFact : HostFact
{
    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public virtual TimeSpan Timeout => TimeSpan.FromSeconds(15);

    /// <inheritdoc cref="IHostCheck.CollectAsync"/>
    public abstract Task<TFact> CollectAsync(HostProbe probe, CancellationToken cancellation);

    /// <inheritdoc cref="IHostCheck.Judge"/>
    public abstract Verdict Judge(TFact fact, AnswerFile answers);

    /// <summary>What ERPNext needs. A row shows it even when the check could not measure.</summary>
    public abstract string Needed(AnswerFile answers);

    /// <summary>What to do when the check could not measure; a command to copy if there is one.</summary>
    protected virtual string HintWhenUnknown(AnswerFile answers) => "erp-installer check";

    async Task<HostFact> IHostCheck.CollectAsync(HostProbe probe, CancellationToken cancellation) =>
        await CollectAsync(probe, cancellation);

    Verdict IHostCheck.Judge(HostFacts facts, AnswerFile answers) =>
        facts.Find<TFact>() is { } fact
            ? Judge(fact, answers)
            : new Verdict(
                VerdictKind.Unknown,
                facts.Unknown.GetValueOrDefault(Id, "not measured"),
                Needed(answers),
                HintWhenUnknown(answers)
            );
}
