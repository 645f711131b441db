using System.Security.Cryptography;
using System.Text;
using ErpInstaller.Outside.Docker;
using Tomlyn.Serialization;

namespace ErpInstaller.Apps;

/// <summary>
/// The pinned content of an image: <c>apps.lock.toml</c>. The same apps lock gives the same image tag, on this host and
/// on any other.
/// </summary>
internal sealed record AppsLock
{
    /// <summary>The version of the file's format.</summary>
    [TomlPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>The release's name.</summary>
    [TomlPropertyName("release")]
    public string Release { get; init; } = "";

    /// <summary>Reference of the base image on which the apps are built.</summary>
    [TomlPropertyName("build_image")]
    public string BuildImage { get; init; } = "";

    /// <summary>Its digest when the lock was made, <c>sha256:…</c>; empty when it is in no registry.</summary>
    [TomlPropertyName("build_digest")]
    public string BuildDigest { get; init; } = "";

    /// <summary>Reference of the base image of the result.</summary>
    [TomlPropertyName("runtime_image")]
    public string RuntimeImage { get; init; } = "";

    /// <inheritdoc cref="BuildDigest"/>
    [TomlPropertyName("runtime_digest")]
    public string RuntimeDigest { get; init; } = "";

    /// <summary>When the refs were resolved.</summary>
    [TomlPropertyName("resolved_at")]
    public DateTimeOffset ResolvedAt { get; init; }

    /// <summary>The apps in the order of installation.</summary>
    [TomlPropertyName("apps")]
    public List<LockedApp> Apps { get; init; } = [];

    /// <summary>Frappe and ERPNext when they do not come from the base image; null: both do.</summary>
    [TomlPropertyName("forks")]
    public List<LockedApp>? Forks { get; init; }

    /// <summary>Everything that comes from a repository: the forks, then the apps.</summary>
    public IReadOnlyList<LockedApp> Sources() => [.. Forks ?? [], .. Apps];

    /// <summary>The base image on which the apps are built, with its digest if there is one.</summary>
    public string BuildBase() => Pinned(BuildImage, BuildDigest);

    /// <summary>The base image of the result, with its digest if there is one.</summary>
    public string RuntimeBase() => Pinned(RuntimeImage, RuntimeDigest);

    /// <summary>
    /// The same for Nomad, by digest alone if there is one: Nomad's docker driver accepts a tag or a digest, not both.
    /// </summary>
    public string RuntimeByDigest() =>
        RuntimeDigest.Length == 0 ? RuntimeImage : $"{ImageReference.Repository(RuntimeImage)}@{RuntimeDigest}";

    /// <summary>
    /// SHA-256 (64 hex digits) over everything that decides the image's content. The time of resolution is not part of
    /// it.
    /// </summary>
    public string Fingerprint()
    {
        var lines = Sources()
            .Select(a => $"{a.Name} {a.Url} {a.Commit}")
            .Prepend($"{Release} {BuildBase()} {RuntimeBase()}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    private static string Pinned(string image, string digest) => digest.Length == 0 ? image : $"{image}@{digest}";
}
