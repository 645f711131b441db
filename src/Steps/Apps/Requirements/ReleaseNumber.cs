using System.Globalization;
using System.Text.RegularExpressions;

namespace ErpInstaller.Apps.Requirements;

/// <summary>The numbers of a final version: <c>15.75.1</c>. Missing parts count as 0.</summary>
internal readonly partial record struct ReleaseNumber(int Major, int Minor, int Patch) : IComparable<ReleaseNumber>
{
    /// <summary>Parses <c>15</c>, <c>15.75</c> or <c>15.75.1</c>, with or without a leading <c>v</c>.</summary>
    /// <param name="parts">The number of parts in the text.</param>
    /// <returns>Null when the text is not a version.</returns>
    public static ReleaseNumber? Parse(string text, out int parts)
    {
        parts = 0;
        if (Numbers().Match(text) is not { Success: true } match)
        {
            return null;
        }

        int[] numbers =
        [
            .. match
                .Groups["n"]
                .Captures.Select(c => int.Parse(c.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)),
        ];
        parts = numbers.Length;
        return new ReleaseNumber(numbers[0], numbers.ElementAtOrDefault(1), numbers.ElementAtOrDefault(2));
    }

    /// <summary>
    /// The first version after all versions that share the first <paramref name="parts"/> parts with this one.
    /// </summary>
    public ReleaseNumber After(int parts) =>
        parts switch
        {
            1 => new ReleaseNumber(Major + 1, 0, 0),
            2 => new ReleaseNumber(Major, Minor + 1, 0),
            _ => this with { Patch = Patch + 1 },
        };

    /// <inheritdoc/>
    public int CompareTo(ReleaseNumber other) =>
        (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Major}.{Minor}.{Patch}");

    public static bool operator <(ReleaseNumber left, ReleaseNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(ReleaseNumber left, ReleaseNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(ReleaseNumber left, ReleaseNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ReleaseNumber left, ReleaseNumber right) => left.CompareTo(right) >= 0;

    // With seven digits no sum overflows an int.
    [GeneratedRegex(@"^v?(?<n>[0-9]{1,7})(?:\.(?<n>[0-9]{1,7})){0,2}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();
}
