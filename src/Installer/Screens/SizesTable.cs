using ErpInstaller.Answers.Interview;

namespace ErpInstaller.Screens;

/// <summary>The questions of counts and sizes as a table: a group a row; count, CPU and memory its columns.</summary>
internal sealed class SizesTable
{
    private const string Count = "scale.";
    private const string Size = "resources.";

    private readonly List<(string Group, Question?[] Cells)> _rows;

    /// <param name="page">The page that asks for them.</param>
    public SizesTable(QuestionPage page)
    {
        var questions = page.Questions.ToDictionary(q => q.Key);
        _rows =
        [
            .. page
                .Questions.Where(q => q.Key.StartsWith(Size, StringComparison.Ordinal))
                .Select(q => q.Key.Split('.')[1])
                .Distinct()
                .Select(g =>
                    (
                        g.Replace('_', '-'),
                        new[]
                        {
                            questions.GetValueOrDefault(Count + g),
                            questions[$"{Size}{g}.cpu"],
                            questions[$"{Size}{g}.memory"],
                        }
                    )
                ),
        ];
    }

    /// <summary>Groups, and the questions of each: count (null where there is always one), millicores, MiB.</summary>
    public IReadOnlyList<(string Group, Question?[] Cells)> Rows => _rows;

    /// <summary>The place of the next question after another one, in the order of reading; the same when there is none.</summary>
    public (int Row, int Column) Next((int Row, int Column) from, int step)
    {
        var places = Places().ToList();
        return places[Math.Clamp(places.IndexOf(from) + step, 0, places.Count - 1)];
    }

    /// <summary>The place of the next question in the same column; the same when there is none.</summary>
    public (int Row, int Column) Below((int Row, int Column) from, int step)
    {
        var places = Places().Where(p => p.Column == from.Column).ToList();
        return places[Math.Clamp(places.IndexOf(from) + step, 0, places.Count - 1)];
    }

    private IEnumerable<(int Row, int Column)> Places() =>
        from row in Enumerable.Range(0, _rows.Count)
        from column in Enumerable.Range(0, _rows[row].Cells.Length)
        where _rows[row].Cells[column] is not null
        select (row, column);
}
