namespace ErpInstaller.Apps.Requirements;

/// <summary>
/// Final versions from one on and before another. Of what an image has, often only so much is known beforehand:
/// Python 3.11, a Frappe of version 15.
/// </summary>
/// <param name="From">The first.</param>
/// <param name="Below">The first after them; null: there is none.</param>
internal readonly record struct VersionSpan(ReleaseNumber From, ReleaseNumber? Below)
{
    /// <summary>All of a version: <c>3.11</c> for every 3.11.N, <c>v15.75.1</c> for itself.</summary>
    /// <returns>Null: it is no version.</returns>
    public static VersionSpan? Of(string version) =>
        ReleaseNumber.Parse(version, out var parts) is { } first ? new VersionSpan(first, first.After(parts)) : null;

    /// <summary>Nothing of the other is outside of this.</summary>
    public bool Covers(VersionSpan other) =>
        From <= other.From && (Below is null || (other.Below is { } end && end <= Below));

    /// <summary>Nothing is in both.</summary>
    public bool IsApartFrom(VersionSpan other) => Ends(this, other) || Ends(other, this);

    /// <summary>As short as it can be said beside a span that it is apart from: <c>&lt;15.109.0</c> beside version 16.</summary>
    public string Beside(VersionSpan apart) => OneVersion ?? (Ends(this, apart) ? $"<{Below}" : $">={From}");

    /// <summary>For the operator: <c>3.11</c>, <c>15.75.1</c>, <c>15.58.0 to before 15.109.0</c>.</summary>
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
