using System.Globalization;

namespace ErpInstaller.Core.Text;

/// <summary>A time in UTC as a part of a name, in seconds: <c>20261128T231502Z</c>.</summary>
internal static class UtcStamp
{
    /// <summary>Its format.</summary>
    public const string Format = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The stamp of a time.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
