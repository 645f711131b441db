namespace ErpInstaller.Outside.Docker;

/// <summary>Why a registry did not give or take an image.</summary>
public enum RegistryFault
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>It asks for a login, or refuses the one given.</summary>
    Unauthorized,

    /// <summary>It has no such image.</summary>
    Absent,

    /// <summary>It has the image for other architectures only.</summary>
    Architecture,

    /// <summary>It limits how often images are pulled.</summary>
    RateLimit,

    /// <summary>It speaks plain HTTP, and the engine was not told to accept that.</summary>
    PlainHttp,

    /// <summary>Its certificate is not trusted.</summary>
    Certificate,

    /// <summary>Its name is not known, or nothing answers there.</summary>
    Unreachable,

    /// <summary>No room for the layers.</summary>
    DiskFull,
}
