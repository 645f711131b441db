using System.Globalization;

namespace ErpInstaller.Core.Text;

/// <summary>A number of bytes for people: <c>980 B</c>, <c>13.4 kB</c>, <c>1.2 GB</c>. A kB has 1000 bytes.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>The text of a number of bytes.</summary>
    public static string Text(long bytes)
    {
        double value = bytes;
        var unit = 0;
        // 999.95 would be shown as 1000.0.
        while (value >= 999.95 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return $"{value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
