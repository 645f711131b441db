namespace ErpInstaller.Answers.Reading;

/// <summary>Problems and warnings as they are found.</summary>
/// <param name="file">The path as the operator gave it.</param>
internal sealed class ProblemList(string file)
{
    private readonly List<AnswerProblem> _problems = [];
    private readonly List<AnswerProblem> _warnings = [];
    private readonly HashSet<int> _broken = [];

    /// <summary>Warnings, in the order of the file.</summary>
    public IReadOnlyList<AnswerProblem> Warnings => InOrder(_warnings);

    /// <summary>Adds a syntax error. Whatever else seems wrong with its line follows from it and is left out.</summary>
    public void AddBroken(Place place, string key, string problem)
    {
        Add(place, key, problem);
        _broken.Add(place.Line);
    }

    /// <summary>Adds something that must be mended.</summary>
    public void Add(Place place, string key, string problem, string? suggestion = null)
    {
        if (!_broken.Contains(place.Line))
        {
            _problems.Add(new AnswerProblem(file, place.Line, place.Column, key, problem, suggestion));
        }
    }

    /// <summary>Adds something to know.</summary>
    public void Warn(Place place, string key, string problem, string? suggestion = null) =>
        _warnings.Add(new AnswerProblem(file, place.Line, place.Column, key, problem, suggestion));

    /// <summary>The error that holds all problems.</summary>
    public AnswersInvalid Invalid() =>
        new(InOrder(_problems)) { Details = _problems.Count == 1 ? [] : [.. InOrder(_problems).Select(p => p.ToString())] };

    /// <summary>Nothing must be mended.</summary>
    public bool AreNone => _problems.Count == 0;

    private static IReadOnlyList<AnswerProblem> InOrder(List<AnswerProblem> problems) =>
        [.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column).Distinct()];
}
