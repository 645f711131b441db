namespace ErpInstaller.Outside.Docker;

/// <summary>Splits image references into their parts: <c>[registry/]repository[:tag][@digest]</c>.</summary>
internal static class ImageReference
{
    /// <summary>The registry of a reference that names none.</summary>
    public const string DockerHub = "docker.io";

    /// <summary>The registry, <c>host[:port]</c>: the first part when it is a host, otherwise Docker Hub.</summary>
    public static string Registry(string reference)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        var first = slash > 0 ? reference[..slash] : "";
        return IsHost(first) ? first : DockerHub;
    }

    /// <summary>
    /// Docker's rule for the first part of a reference: with a dot, with a port or as <c>localhost</c> it is a
    /// registry, otherwise a user of Docker Hub.
    /// </summary>
    public static bool IsHost(string part) => part == "localhost" || part.AsSpan().ContainsAny('.', ':');

    /// <summary>The reference as the engine shows it: without Docker Hub and its <c>library</c>.</summary>
    public static string Familiar(string reference)
    {
        var name = Without(reference, DockerHub + "/");
        return name.Length == reference.Length ? reference : Without(name, "library/");
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

    private static string Without(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;

    // A colon before the last slash belongs to the registry's port.
    private static bool HasTag(string name) => name.LastIndexOf(':') > name.LastIndexOf('/');
}
