using System.Globalization;
using System.Text.RegularExpressions;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// The newest rotation of each password, named by its time (UTC, <c>20261125T224501Z</c>); null: it was never rotated.
/// The init job's specification has them, so a rotation makes Nomad run the job again.
/// </summary>
/// <param name="RootPassword">Of MariaDB's root password.</param>
/// <param name="AdminPassword">Of Administrator's.</param>
public sealed partial record Rotations(string? RootPassword = null, string? AdminPassword = null)
{
    /// <summary>Item of the Variable → its rotation, for each rotated password.</summary>
    public IReadOnlyDictionary<string, string> ByItem
    {
        get
        {
            var known = new Dictionary<string, string>();
            Add(known, VariablePaths.RootPassword, RootPassword);
            Add(known, VariablePaths.AdminPassword, AdminPassword);
            return known;
        }
    }

    /// <summary>The name of a rotation made now.</summary>
    public static string At(DateTimeOffset now) => UtcStamp.Of(now);

    /// <summary>The time of a rotation.</summary>
    public static DateTimeOffset? TimeOf(string? rotation) =>
        DateTimeOffset.TryParseExact(
            rotation,
            UtcStamp.Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;

    /// <summary>The rotations in the init job's Variable; none without a Variable.</summary>
    public static Rotations Of(NomadVariable? variable) =>
        new(Of(variable, VariablePaths.RootPassword), Of(variable, VariablePaths.AdminPassword));

    /// <summary>Whether the newest rotation of a password is not applied yet.</summary>
    public static bool IsWaiting(NomadVariable? variable, string item) =>
        Of(variable, item) is { } rotation && variable!.Items.GetValueOrDefault(VariablePaths.Taken(item)) != rotation;

    // It reaches a job file and a file name, so a foreign value counts only if it has our format.
    private static string? Of(NomadVariable? variable, string item) =>
        variable?.Items.GetValueOrDefault(VariablePaths.Rotated(item)) is { } rotation && Shape().IsMatch(rotation)
            ? rotation
            : null;

    private static void Add(Dictionary<string, string> known, string item, string? rotation)
    {
        if (rotation is not null)
        {
            known[item] = rotation;
        }
    }

    [GeneratedRegex(@"\A[0-9]{8}T[0-9]{6}Z\z")]
    private static partial Regex Shape();
}
