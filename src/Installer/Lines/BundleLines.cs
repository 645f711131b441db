using System.Globalization;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Writes a file of a support bundle.</summary>
internal static class BundleLines
{
    private const int Indent = 12;

    public static void Write(FileBundled file, PlainLines output) =>
        output.Write(
            string.Create(CultureInfo.InvariantCulture, $"{ByteSize.Text(file.Bytes), 10}  {file.Name}: {file.About}")
                + (file.Removed == 0 ? "" : $"; {file.Removed} × •••")
                + (file.LeftOut == 0 ? "" : $"; the {ByteSize.Text(file.LeftOut)} before are left out"),
            Indent
        );
}
