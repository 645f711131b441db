using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;

namespace ErpInstaller.Screens;

/// <summary>
/// The questions about the number and size of the containers as a table: one row per group, with columns for count,
/// CPU and memory.
/// </summary>
internal sealed class SizesTable
{
    private const string Count = "scale.";
    private const string Size = "resources.";

    private readonly List<(string Group, Question?[] Cells)> _rows;

    /// <param name="page">The page with the questions.</param>
    public SizesTable(QuestionPage page)
    {
        var questions = page.Questions.ToDictionary(q => q.Key);
        _rows =
        [
            .. ContainerGroups.All.Select(g =>
                (
                    g.Name,
                    new[]
                    {
                        questions.GetValueOrDefault(Count + g.Key),
                        questions[$"{Size}{g.Key}.cpu"],
                        questions[$"{Size}{g.Key}.memory"],
                    }
                )
            ),
        ];
    }

    /// <summary>Groups with their questions: count (null if it is always 1), millicores, MiB.</summary>
    public IReadOnlyList<(string Group, Question?[] Cells)> Rows => _rows;

    /// <summary>The first place with a question.</summary>
    public (int Row, int Column) First => Places().First();

    /// <summary>The place of the next question in reading order; the first one comes after the last.</summary>
    public (int Row, int Column) Next((int Row, int Column) from, int step)
    {
        var places = Places().ToList();
        return places[(places.IndexOf(from) + step + places.Count) % places.Count];
    }

    /// <summary>The place of the next question in the same column, or the same place at the end.</summary>
    public (int Row, int Column) Below((int Row, int Column) from, int step)
    {
        var places = Places().Where(p => p.Column == from.Column).ToList();
        return places[Math.Clamp(places.IndexOf(from) + step, 0, places.Count - 1)];
    }

    /// <summary>The first place with such a question, in reading order; null if there is none.</summary>
    public (int Row, int Column)? Find(Predicate<Question> isSought)
    {
        var found = Places().Where(p => isSought(_rows[p.Row].Cells[p.Column]!)).Take(1).ToList();
        return found.Count > 0 ? found[0] : null;
    }

    private IEnumerable<(int Row, int Column)> Places() =>
        from row in Enumerable.Range(0, _rows.Count)
        from column in Enumerable.Range(0, _rows[row].Cells.Length)
        where _rows[row].Cells[column] is not null
        select (row, column);
}
