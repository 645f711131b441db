using System.Security.Cryptography;
using System.Text;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Image;

/// <summary>
/// The package record in the state directory: <c>apps.packages.json</c>. Operators copy it to another host with
/// <c>apps.lock.toml</c>. A second file, which is not copied, marks a record of this host's builds: the builder's cache
/// then has these packages, and the build does not need the record.
/// </summary>
internal sealed class PackagesFile(StateDirectory directory)
{
    private string Record => directory.In("apps.packages.json");

    private string MadeHere => directory.In("apps.packages.made-here");

    /// <summary>Reads the record; null when there is none or it is malformed.</summary>
    public PackagesRecord? Read() => File.Exists(Record) ? PackagesRecord.Parse(File.ReadAllText(Record)) : null;

    /// <summary>True when the last build on this host wrote the record and it has not changed since.</summary>
    public bool IsMadeHere() =>
        File.Exists(Record) && File.Exists(MadeHere) && File.ReadAllText(MadeHere) == Hash(File.ReadAllText(Record));

    /// <summary>Writes the record of a build on this host, atomically.</summary>
    public void Write(string json)
    {
        AtomicFile.Write(Record, json);
        AtomicFile.Write(MadeHere, Hash(json));
    }

    /// <summary>Writes the record of an image that was built on another host.</summary>
    public void Take(string json) => AtomicFile.Write(Record, json);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
