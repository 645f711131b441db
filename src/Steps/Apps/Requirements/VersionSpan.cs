namespace ErpInstaller.Apps.Requirements;

/// <summary>
/// A range of final versions. Before a build, often only the range of a version in the image is known:
/// Python 3.11, a Frappe of version 15.
/// </summary>
/// <param name="From">The first version.</param>
/// <param name="Below">The first version after the range; null: no upper end.</param>
internal readonly record struct VersionSpan(ReleaseNumber From, ReleaseNumber? Below)
{
    /// <summary>
    /// All versions that a text names: every 3.11.N for <c>3.11</c>, only 15.75.1 for <c>v15.75.1</c>.
    /// </summary>
    /// <returns>Null when the text is not a version.</returns>
    public static VersionSpan? Of(string version) =>
        ReleaseNumber.Parse(version, out var parts) is { } first ? new VersionSpan(first, first.After(parts)) : null;

    /// <summary>True when the other span lies within this one.</summary>
    public bool Covers(VersionSpan other) =>
        From <= other.From && (Below is null || (other.Below is { } end && end <= Below));

    /// <summary>True when the spans do not overlap.</summary>
    public bool IsApartFrom(VersionSpan other) => Ends(this, other) || Ends(other, this);

    /// <summary>
    /// The shortest text that distinguishes this span from one that it does not overlap: <c>&lt;15.109.0</c> beside
    /// version 16.
    /// </summary>
    public string Beside(VersionSpan apart) => OneVersion ?? (Ends(this, apart) ? $"<{Below}" : $">={From}");

    /// <summary>The text for messages: <c>3.11</c>, <c>15.75.1</c>, <c>15.58.0 to before 15.109.0</c>.</summary>
    public override string ToString() =>
        OneVersion ?? (Below is null ? $"{From} or later" : $"{From} to before {Below}");

    private string? OneVersion =>
        this switch
        {
            _ when Below == From.After(3) => From.ToString(),
            { From.Patch: 0 } when Below == From.After(2) => FormattableString.Invariant($"{From.Major}.{From.Minor}"),
            { From: { Patch: 0, Minor: 0 } } when Below == From.After(1) => FormattableString.Invariant(
                $"{From.Major}"
            ),
            _ => null,
        };

    private static bool Ends(VersionSpan one, VersionSpan other) => one.Below is { } end && end <= other.From;
}
