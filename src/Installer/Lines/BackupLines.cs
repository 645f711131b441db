using System.Globalization;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Writes a backup of the list.</summary>
internal static class BackupLines
{
    public static void Write(BackupKnown backup, PlainLines output)
    {
        var time = backup.Time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        output.Write($"{backup.Id}  {time}  {ByteSize.Text(backup.Bytes), 9}  by {backup.By}, {backup.Release}");
        output.Write($"          {string.Join(", ", backup.Apps.Select(a => $"{a.Key} {a.Value}"))}");
    }
}
