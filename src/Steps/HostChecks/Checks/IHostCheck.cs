using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>One check: it measures a fact and judges it. Derive from <see cref="HostCheck{TFact}"/>.</summary>
public interface IHostCheck
{
    /// <summary>One of <see cref="CheckId"/>.</summary>
    string Id { get; }

    /// <summary>The longest time that measuring may take; after that the verdict is unknown.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Measures. Changes nothing.</summary>
    Task<HostFact> CollectAsync(HostProbe probe, CancellationToken cancellation);

    /// <summary>Judges the fact. Pure: the same facts and answers give the same verdict on any machine.</summary>
    Verdict Judge(HostFacts facts, AnswerFile answers);
}
