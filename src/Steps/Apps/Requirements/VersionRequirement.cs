namespace ErpInstaller.Apps.Requirements;

/// <summary>The versions that an app accepts: <c>&gt;=15.0.0,&lt;16.0.0</c>.</summary>
internal sealed record VersionRequirement
{
    // The longest requirement in known apps has 30 characters.
    private const int MaxLength = 200;

    private readonly IReadOnlyList<VersionClause> _clauses;

    private VersionRequirement(IReadOnlyList<VersionClause> clauses) => _clauses = clauses;

    /// <summary>Parses comma-separated comparisons, all of which must hold.</summary>
    /// <returns>Null when one of them cannot be parsed.</returns>
    public static VersionRequirement? Parse(string text)
    {
        if (text.Length > MaxLength)
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

    /// <summary>Whether all comparisons hold; null when the version is not known precisely enough.</summary>
    public bool? Holds(VersionSpan has) =>
        Broken(has).Count > 0 ? false
        : _clauses.All(c => c.Holds(has) == true) ? true
        : null;

    /// <summary>The comparisons that hold for no version of the span.</summary>
    public IReadOnlyList<VersionClause> Broken(VersionSpan has) => [.. _clauses.Where(c => c.Holds(has) == false)];

    /// <summary>The original text without blanks.</summary>
    public override string ToString() => string.Join(',', _clauses.Select(c => c.Text));
}
