using System.Text.RegularExpressions;

namespace ErpInstaller.Core.Errors;

/// <summary>A cause of failure and how another program reports it. Each adapter has a table of them.</summary>
/// <param name="Pattern">Finds the cause in a line of that program.</param>
/// <param name="What">What happened; null to show the program's own message.</param>
/// <param name="Hint">What to do.</param>
internal record Diagnosis(Regex Pattern, string? What, string Hint)
{
    /// <summary>Whether another try cannot succeed.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Finds any of these words, in upper or lower case.</summary>
    public static Regex Says(params string[] words) =>
        new(string.Join('|', words.Select(Regex.Escape)), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}

/// <summary>A cause that code handles differently from others.</summary>
internal sealed record Diagnosis<TFault>(TFault Fault, Regex Pattern, string? What, string Hint)
    : Diagnosis(Pattern, What, Hint);

/// <summary>Searches tables of causes.</summary>
internal static class DiagnosisTable
{
    /// <summary>The first cause in the table that matches a text, or null.</summary>
    public static T? Find<T>(this IEnumerable<T> table, string said)
        where T : Diagnosis => table.FirstOrDefault(d => d.Pattern.IsMatch(said));
}
