namespace ErpInstaller.Image;

/// <summary>Why a build failed, as far as its output tells.</summary>
public enum BuildFault
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>The locked commit, and the branch or tag that led to it, do not lead there any more.</summary>
    RefMissing,

    /// <summary>The repository asks for a login.</summary>
    Unauthorized,

    /// <summary>A name cannot be resolved inside the build.</summary>
    NameResolution,

    /// <summary>A server does not answer, or broke off.</summary>
    Network,

    /// <summary>A certificate is not trusted: something between here and the server changes TLS.</summary>
    TlsInterception,

    /// <summary>No room left.</summary>
    DiskFull,

    /// <summary>The memory ran out: a process was killed (exit code 137), or could have no more.</summary>
    OutOfMemory,

    /// <summary>Node.js came to its own limit of memory (exit code 134).</summary>
    HeapLimit,

    /// <summary>A process was told to end (exit code 143).</summary>
    Terminated,

    /// <summary>vite or esbuild cannot build the front end as it is.</summary>
    FrontEnd,

    /// <summary>The app needs another Node.js than the release has.</summary>
    NodeVersion,

    /// <summary>The app needs another version of Frappe or of an app.</summary>
    DependencyVersion,

    /// <summary>The app requires an app that is not in the image.</summary>
    DependencyMissing,

    /// <summary>The repository is no Frappe app, or another one.</summary>
    NotTheApp,

    /// <summary>A registry did not give a base image.</summary>
    BaseImage,

    /// <summary>A package cannot be installed: no such version, or it does not compile.</summary>
    Package,
}
