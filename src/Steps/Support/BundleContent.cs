using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Support;

/// <summary>The content of a support bundle: files without secrets, and a list of them.</summary>
public sealed class BundleContent
{
    /// <summary>The name of the list, which is the first file in the archive.</summary>
    public const string ListName = "CONTENTS.txt";

    // The archive is compressed, so it stays below 20 MB.
    private const int MostBytes = 19_000_000;
    private const int MostBytesOfList = 500_000;
    private const int MostBytesOfFile = 2_000_000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SecretStore _secrets;
    private readonly DateTimeOffset _time;
    private readonly List<BundleFile> _files = [];
    private readonly List<string> _remarks = [];
    private int _room = MostBytes - MostBytesOfList;

    internal BundleContent(SecretStore secrets, DateTimeOffset time) => (_secrets, _time) = (secrets, time);

    /// <summary>The files, without the list.</summary>
    public IReadOnlyList<BundleFile> Files => _files;

    /// <summary>What is not in the bundle and why, a line each.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>The name of the archive, without its ending, and of the directory in it.</summary>
    public string Name => NameAt(_time);

    /// <summary>The name of a bundle that is made at a time.</summary>
    public static string NameAt(DateTimeOffset time) => $"erp-installer-support-{UtcStamp.Of(time)}";

    /// <summary>Adds a file: secrets are taken out, and of a long file only the end is kept.</summary>
    internal void Add(BundleText file)
    {
        var (name, text) = (Clean(file.Name), Clean(file.Text));
        var limit = Math.Min(MostBytesOfFile, _room);
        if (limit < 1000)
        {
            Remark($"{name}: the bundle is full");
            return;
        }

        var added = BundleFile.Of(new BundleText(name, Clean(file.About), text), limit, Marks(text) - Marks(file.Text));
        _room -= added.Bytes;
        _files.Add(added);
    }

    /// <summary>Says in the list what is not in the bundle.</summary>
    internal void Remark(string text) => _remarks.Add(Clean(text));

    /// <summary>Writes the archive: gzip and tar, mode 0600. A file that exists is never replaced.</summary>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="InstallerException">It exists, or it cannot be written.</exception>
    public long Write(string path)
    {
        var full = Path.GetFullPath(path);
        var temporary = Temporary(full);
        CheckIsFree(path);
        try
        {
            using (var stream = new FileStream(temporary, NewFile()))
            {
                WriteArchive(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: false);
            PosixFile.SyncDirectory(Path.GetDirectoryName(full)!);
            return new FileInfo(full).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(path, e);
        }
        finally
        {
            Remove(temporary);
        }
    }

    /// <summary>Checks that an archive can be written, before its content is collected.</summary>
    /// <param name="path">The path of the archive; no file is left there.</param>
    /// <exception cref="InstallerException">There is a file of this name, or none can be written.</exception>
    public static void CheckTarget(string path)
    {
        CheckIsFree(path);
        var temporary = Temporary(Path.GetFullPath(path));
        try
        {
            new FileStream(temporary, NewFile()).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(path, e);
        }
        finally
        {
            Remove(temporary);
        }
    }

    private static string Temporary(string full) => $"{full}.{Environment.ProcessId}.tmp";

    private static FileStreamOptions NewFile() =>
        new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };

    private static void CheckIsFree(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw SupportErrors.Exists(path);
        }
    }

    // .NET names the temporary file, which means nothing to an operator.
    private static InstallerException NotWritten(string path, Exception cause)
    {
        var full = Path.GetFullPath(path);
        return SupportErrors.NotWritten(
            path,
            cause.Message.Replace(Temporary(full), full, StringComparison.Ordinal),
            cause
        );
    }

    /// <summary>The list of the content.</summary>
    internal string List()
    {
        var width = _files.Count == 0 ? 0 : _files.Max(f => f.Name.Length);
        var list = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"Support bundle, made {_time:yyyy-MM-dd HH:mm} UTC\n\n")
            .Append("Names of hosts, sites, users and apps are in it. Each secret is replaced by •••.\n")
            .Append("Read it before you send it to anybody.\n\nFiles\n");
        foreach (var file in _files)
        {
            list.Append(
                CultureInfo.InvariantCulture,
                $"{ByteSize.Text(file.Bytes), 10}  {file.Name.PadRight(width)}  {file.About}{Notes(file)}\n"
            );
        }

        list.Append("\nNot in it\n");
        foreach (var remark in _remarks.DefaultIfEmpty("nothing is missing"))
        {
            list.Append("  ").Append(remark).Append('\n');
        }

        return list.ToString();
    }

    /// <summary>What was taken out of a file; empty: nothing.</summary>
    public static string Notes(BundleFile file) =>
        (file.Removed == 0 ? "" : FormattableString.Invariant($"; {file.Removed} × •••"))
        + (file.LeftOut == 0 ? "" : $"; the {ByteSize.Text(file.LeftOut)} before are left out");

    private void WriteArchive(FileStream stream)
    {
        using var compressed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        using var archive = new TarWriter(compressed, TarEntryFormat.Pax);
        var list = BundleFile.Of(new BundleText(ListName, "this list", List()), MostBytesOfList, removed: 0);
        foreach (var file in _files.Prepend(list))
        {
            using var content = new MemoryStream(file.Content.ToArray());
            archive.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, $"{Name}/{file.Name}")
                {
                    DataStream = content,
                    Mode = OwnerOnly,
                    ModificationTime = _time,
                }
            );
        }
    }

    // Control sequences can stand inside a secret, so it is looked for before and after they are gone.
    private string Clean(string text) =>
        SecretShapes.Redact(_secrets.Redact(TerminalText.Clean(_secrets.Redact(text))));

    private static int Marks(string text) => text.Split(SecretStore.Mark).Length - 1;

    private static void Remove(string temporary)
    {
        if (File.Exists(temporary))
        {
            File.Delete(temporary);
        }
    }
}
