using ErpInstaller.Answers;
using ErpInstaller.Releases;

namespace ErpInstaller.Run;

/// <summary>What a run is about, without the outside world: enough to compute a step's inputs.</summary>
/// <param name="Answers">What the operator chose.</param>
/// <param name="Release">The release that the answers name.</param>
public sealed record StepSettings(AnswerFile Answers, Release Release);
