using ErpInstaller.Core.Ids;

namespace ErpInstaller.Answers.Interview;

/// <summary>Questions that belong together.</summary>
/// <param name="Id">For example <c>site</c>.</param>
/// <param name="Step">The step that the answers are for, see <see cref="StepId"/>.</param>
/// <param name="Title">A few words.</param>
/// <param name="Help">What the operator should know here: whole sentences.</param>
/// <param name="Questions">In the order in which they are asked.</param>
public sealed record QuestionPage(string Id, string Step, string Title, string Help, IReadOnlyList<Question> Questions)
{
    /// <summary>The question whether to ask the others; null: they are always asked.</summary>
    public string? Gate { get; init; }
}
