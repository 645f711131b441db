namespace ErpInstaller.Core.Toml;

/// <summary>Problems and warnings as they are found.</summary>
/// <param name="file">The path as the operator gave it.</param>
internal sealed class ProblemList(string file)
{
    private readonly List<FileProblem> _problems = [];
    private readonly List<FileProblem> _warnings = [];
    private readonly HashSet<int> _broken = [];

    /// <summary>Warnings, in the order of the file.</summary>
    public IReadOnlyList<FileProblem> Warnings => InOrder(_warnings);

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
            _problems.Add(new FileProblem(file, place.Line, place.Column, key, problem, suggestion));
        }
    }

    /// <summary>Adds something to know.</summary>
    public void Warn(Place place, string key, string problem, string? suggestion = null) =>
        _warnings.Add(new FileProblem(file, place.Line, place.Column, key, problem, suggestion));

    /// <summary>What must be mended, in the order of the file.</summary>
    public IReadOnlyList<FileProblem> Problems => InOrder(_problems);

    /// <summary>Nothing must be mended.</summary>
    public bool AreNone => _problems.Count == 0;

    private static IReadOnlyList<FileProblem> InOrder(List<FileProblem> problems) =>
        [.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column).Distinct()];
}
