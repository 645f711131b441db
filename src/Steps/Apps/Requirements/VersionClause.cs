using System.Text.RegularExpressions;

namespace ErpInstaller.Apps.Requirements;

/// <summary>One comparison of a requirement: <c>&gt;=15.40.4</c>.</summary>
/// <param name="Text">As it stands there, without blanks.</param>
/// <param name="Span">The final versions that it names.</param>
/// <param name="Excludes">It takes all others instead of these.</param>
internal sealed partial record VersionClause(string Text, VersionSpan Span, bool Excludes = false)
{
    private static readonly ReleaseNumber Zero = new(0, 0, 0);

    /// <summary>
    /// Reads what means the same to bench (semantic_version's SimpleSpec) and to pip (PEP 440). A version before its release,
    /// <c>16.0.0-dev</c>, counts as a bound only: what an image has is a release.
    /// </summary>
    /// <returns>Null: it is not understood.</returns>
    public static VersionClause? Parse(string text)
    {
        if (
            Clause().Match(text) is not { Success: true } match
            || ReleaseNumber.Parse(match.Groups["version"].Value, out var parts) is not { } version
        )
        {
            return null;
        }

        text = text.Replace(" ", "", StringComparison.Ordinal);
        var isBefore = match.Groups["before"].Success;
        var any = match.Groups["any"].Success;
        return (match.Groups["operator"].Value, any, isBefore) switch
        {
            (">=", false, _) or (">", false, true) => new(text, new(version, null)),
            ("<", false, _) or ("<=", false, true) => new(text, new(Zero, version)),
            (">", false, false) when parts == 3 => new(text, new(version.After(3), null)),
            ("<=", false, false) when parts == 3 => new(text, new(Zero, version.After(3))),
            ("==", _, false) when any || parts == 3 => new(text, new(version, version.After(parts))),
            ("!=", _, false) when any || parts == 3 => new(text, new(version, version.After(parts)), Excludes: true),
            ("~=", false, false) when parts > 1 => new(text, new(version, version.After(parts - 1))),
            _ => null,
        };
    }

    /// <summary>Whether it holds for a version of which the span is known; null: for some of the span.</summary>
    public bool? Holds(VersionSpan has) =>
        Span.Covers(has) ? !Excludes
        : Span.IsApartFrom(has) ? Excludes
        : null;

    [GeneratedRegex(
        @"^(?<operator>[<>=!~]=|[<>]) *(?<version>[0-9]+(\.[0-9]+){0,2})"
            + @"((?<any>\.\*)|(?<before>[-.](dev|alpha|beta|rc)[-.]?[0-9]*|(a|b|rc)[0-9]+))?\z",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Clause();
}
