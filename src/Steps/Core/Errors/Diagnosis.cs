using System.Text.RegularExpressions;

namespace ErpInstaller.Core.Errors;

/// <summary>One cause of failure, as another program words it. Each adapter has a table of those it knows.</summary>
/// <param name="Pattern">Finds the cause in a line of that program.</param>
/// <param name="What">What happened; null: the program's own words say it best.</param>
/// <param name="Hint">What to do.</param>
internal record Diagnosis(Regex Pattern, string? What, string Hint)
{
    /// <summary>Trying again ends the same. Otherwise the next try may go well.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Finds any of these words, in upper or lower case.</summary>
    public static Regex Says(params string[] words) =>
        new(string.Join('|', words.Select(Regex.Escape)), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}

/// <summary>A cause that code treats apart from others.</summary>
internal sealed record Diagnosis<TFault>(TFault Fault, Regex Pattern, string? What, string Hint)
    : Diagnosis(Pattern, What, Hint);

/// <summary>Reads tables of causes.</summary>
internal static class DiagnosisTable
{
    /// <summary>The first cause of the table that a text names; null: it names none.</summary>
    public static T? Find<T>(this IEnumerable<T> table, string said)
        where T : Diagnosis => table.FirstOrDefault(d => d.Pattern.IsMatch(said));
}
