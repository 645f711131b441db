using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>A check with a fact of its own.</summary>
public abstract class HostCheck<TFact> : IHostCheck
    where TFact : HostFact
{
    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(15);

    /// <inheritdoc cref="IHostCheck.CollectAsync"/>
    public abstract Task<TFact> CollectAsync(HostSurvey survey, CancellationToken cancellation);

    /// <inheritdoc cref="IHostCheck.Judge"/>
    public abstract Verdict Judge(TFact fact, AnswerFile answers);

    /// <summary>What there should be, also said when nothing could be measured.</summary>
    public abstract string Needed(AnswerFile answers);

    /// <summary>What to do when nothing could be measured; a command to copy where there is one.</summary>
    protected virtual string HintWhenUnknown(AnswerFile answers) => "erp-installer check";

    async Task<HostFact> IHostCheck.CollectAsync(HostSurvey survey, CancellationToken cancellation) =>
        await CollectAsync(survey, cancellation);

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
