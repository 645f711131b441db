using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>One check: measures something and judges it. Implement <see cref="HostCheck{TFact}"/>.</summary>
public interface IHostCheck
{
    /// <summary>One of <see cref="CheckId"/>.</summary>
    string Id { get; }

    /// <summary>How long measuring may take; after that the verdict is unknown.</summary>
    TimeSpan Patience { get; }

    /// <summary>Measures. Changes nothing.</summary>
    Task<HostFact> CollectAsync(HostSurvey survey, CancellationToken cancellation);

    /// <summary>Judges what was measured. Pure: the same facts and answers give the same verdict anywhere.</summary>
    Verdict Judge(HostFacts facts, AnswerFile answers);
}
