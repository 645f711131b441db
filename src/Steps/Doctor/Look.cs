using ErpInstaller.Run;

namespace ErpInstaller.Doctor;

/// <summary>One look at the running installation, with its verdict.</summary>
/// <param name="Id">One of <see cref="Core.Ids.LookId"/>.</param>
/// <param name="Found">What was found.</param>
/// <param name="Expected">What a healthy installation has.</param>
/// <param name="Hint">A command that helps; empty: there is nothing to do.</param>
internal sealed record Look(string Id, LookVerdict Verdict, string Found, string Expected, string Hint = "")
{
    /// <summary>It cannot be known now.</summary>
    public static Look Unknown(string id, string why, string expected, string hint = "") =>
        new(id, LookVerdict.Unknown, why, expected, hint);

    /// <summary>Well, or what <paramref name="otherwise"/> says. Then the hint counts.</summary>
    public static Look That(
        bool isWell,
        string id,
        string found,
        string expected,
        string hint,
        LookVerdict otherwise
    ) => isWell ? new(id, LookVerdict.Well, found, expected) : new(id, otherwise, found, expected, hint);

    /// <summary>For the front ends.</summary>
    public LookTaken ToEvent() => new(Id, Verdict, Found, Expected, Hint);
}
