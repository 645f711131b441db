using System.Text.RegularExpressions;

namespace ErpInstaller.Apps.Requirements;

/// <summary>One comparison of a requirement: <c>&gt;=15.40.4</c>.</summary>
/// <param name="Text">The original text without blanks.</param>
/// <param name="Span">The versions that it accepts or excludes.</param>
/// <param name="Excludes">True when it accepts all versions outside the span.</param>
internal sealed partial record VersionClause(string Text, VersionSpan Span, bool Excludes = false)
{
    private static readonly ReleaseNumber Zero = new(0, 0, 0);

    /// <summary>
    /// Parses the syntax that bench (semantic_version's SimpleSpec) and pip (PEP 440) read in the same way. A
    /// pre-release such as
    /// <c>16.0.0-dev</c> is accepted only as a bound, because images contain final versions.
    /// </summary>
    /// <returns>Null when it cannot be parsed.</returns>
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

    /// <summary>Whether it holds for a version within a span; null when it holds for a part of the span only.</summary>
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
