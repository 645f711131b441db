namespace ErpInstaller.Docker;

/// <summary>Takes image references apart: <c>[registry/]repository[:tag][@digest]</c>.</summary>
public static class ImageReference
{
    /// <summary>What a reference without a registry means.</summary>
    public const string DockerHub = "docker.io";

    /// <summary>The registry, <c>host[:port]</c>: the first part when it looks like a host, else Docker Hub.</summary>
    public static string Registry(string reference)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        var first = slash > 0 ? reference[..slash] : "";
        return first == "localhost" || first.AsSpan().ContainsAny('.', ':') ? first : DockerHub;
    }

    /// <summary>The part before tag and digest.</summary>
    public static string Repository(string reference)
    {
        var name = reference.Split('@')[0];
        return HasTag(name) ? name[..name.LastIndexOf(':')] : name;
    }

    /// <summary>The tag; null when there is none.</summary>
    public static string? Tag(string reference)
    {
        var name = reference.Split('@')[0];
        return HasTag(name) ? name[(name.LastIndexOf(':') + 1)..] : null;
    }

    // A colon before the last slash belongs to the registry's port.
    private static bool HasTag(string name) => name.LastIndexOf(':') > name.LastIndexOf('/');
}
