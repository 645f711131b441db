namespace ErpInstaller.Outside.Docker;

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

    /// <summary>The reference as the engine shows it: Docker Hub is not named, nor its <c>library</c>.</summary>
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
