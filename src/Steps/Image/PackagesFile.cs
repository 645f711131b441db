using System.Security.Cryptography;
using System.Text;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Image;

/// <summary>
/// The record of packages in the state directory: <c>apps.packages.json</c>, to be copied to another host with
/// <c>apps.lock.toml</c>. A second file, which is not copied, says that this host's builds made it: the builder's cache then
/// has these packages, and need not be told of them.
/// </summary>
internal sealed class PackagesFile(StateDirectory directory)
{
    private string Record => directory.In("apps.packages.json");

    private string MadeHere => directory.In("apps.packages.made-here");

    /// <summary>The record; null: there is none, or it is not one.</summary>
    public PackagesRecord? Read() => File.Exists(Record) ? PackagesRecord.Parse(File.ReadAllText(Record)) : null;

    /// <summary>Whether the last build here made it, and nobody changed or copied it since.</summary>
    public bool IsMadeHere() =>
        File.Exists(Record) && File.Exists(MadeHere) && File.ReadAllText(MadeHere) == Hash(File.ReadAllText(Record));

    /// <summary>Keeps what a build here says, whole or not at all.</summary>
    public void Write(string json)
    {
        AtomicFile.Write(Record, json);
        AtomicFile.Write(MadeHere, Hash(json));
    }

    /// <summary>Keeps what an image says that was built elsewhere.</summary>
    public void Take(string json) => AtomicFile.Write(Record, json);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
