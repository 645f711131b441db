namespace ErpInstaller.Core.Toml;

/// <summary>Collects problems and warnings.</summary>
/// <param name="file">The path as the operator gave it.</param>
internal sealed class ProblemList(string file)
{
    private readonly List<FileProblem> _problems = [];
    private readonly List<FileProblem> _warnings = [];
    private readonly HashSet<int> _broken = [];

    /// <summary>Warnings, in the order of the file.</summary>
    public IReadOnlyList<FileProblem> Warnings => InOrder(_warnings);

    /// <summary>Adds a syntax error. Other problems of the same line follow from it and are left out.</summary>
    public void AddBroken(Place place, string key, string problem)
    {
        Add(place, key, problem);
        _broken.Add(place.Line);
    }

    /// <summary>Adds a problem.</summary>
    public void Add(Place place, string key, string problem, string? suggestion = null)
    {
        if (!_broken.Contains(place.Line))
        {
            _problems.Add(new FileProblem(file, place.Line, place.Column, key, problem, suggestion));
        }
    }

    /// <summary>Adds a warning.</summary>
    public void Warn(Place place, string key, string problem, string? suggestion = null) =>
        _warnings.Add(new FileProblem(file, place.Line, place.Column, key, problem, suggestion));

    /// <summary>The problems, in the order of the file.</summary>
    public IReadOnlyList<FileProblem> Problems => InOrder(_problems);

    /// <summary>Whether there is no problem.</summary>
    public bool AreNone => _problems.Count == 0;

    private static IReadOnlyList<FileProblem> InOrder(List<FileProblem> problems) =>
        [.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column).Distinct()];
}
