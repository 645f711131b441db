using System.Globalization;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// The database of redis-cache that a revision uses. Frappe keeps the names of assets and modules in the cache without
/// a time limit. Containers of the old and the new image would give each other wrong ones, so each revision has its
/// own.
/// </summary>
internal static class CacheDatabase
{
    private const int Databases = 1024;

    /// <summary>How many databases redis-cache has: its argument <c>--databases</c>.</summary>
    public static readonly string Count = Databases.ToString(CultureInfo.InvariantCulture);

    /// <summary>The database's number.</summary>
    /// <param name="revision">Hex digits, see <see cref="JobInputs.Revision"/>.</param>
    public static int Of(string revision) =>
        (int)(ulong.Parse(revision, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % Databases);
}
