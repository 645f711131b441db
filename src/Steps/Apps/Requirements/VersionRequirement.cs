namespace ErpInstaller.Apps.Requirements;

/// <summary>Which versions of something an app takes: <c>&gt;=15.0.0,&lt;16.0.0</c>.</summary>
internal sealed record VersionRequirement
{
    // The longest that was seen has 30.
    private const int Longest = 200;

    private readonly IReadOnlyList<VersionClause> _clauses;

    private VersionRequirement(IReadOnlyList<VersionClause> clauses) => _clauses = clauses;

    /// <summary>Reads comparisons with commas between them; all must hold.</summary>
    /// <returns>Null: any of it is not understood.</returns>
    public static VersionRequirement? Parse(string text)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        var clauses = new List<VersionClause>();
        foreach (var part in text.Split(','))
        {
            if (VersionClause.Parse(part.Trim()) is not { } clause)
            {
                return null;
            }

            clauses.Add(clause);
        }

        return new VersionRequirement(clauses);
    }

    /// <summary>Whether all hold; null: that depends on more than is known of the version.</summary>
    public bool? Holds(VersionSpan has) =>
        Broken(has).Count > 0 ? false
        : _clauses.All(c => c.Holds(has) == true) ? true
        : null;

    /// <summary>Those that do not hold, whatever of the span it is.</summary>
    public IReadOnlyList<VersionClause> Broken(VersionSpan has) => [.. _clauses.Where(c => c.Holds(has) == false)];

    /// <summary>As it was read, without blanks.</summary>
    public override string ToString() => string.Join(',', _clauses.Select(c => c.Text));
}
