namespace ErpInstaller.Answers.Interview;

/// <summary>One of the answers that a question offers.</summary>
/// <param name="Value">As the answer file spells it.</param>
/// <param name="Explanation">What it means, for the operator.</param>
public sealed record QuestionChoice(string Value, string Explanation);
