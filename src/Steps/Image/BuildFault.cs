namespace ErpInstaller.Image;

/// <summary>The cause of a failed build, found in its output.</summary>
internal enum BuildFault
{
    /// <summary>No known cause.</summary>
    Other,

    /// <summary>The locked commit is not in the repository any more, and its ref points to another one.</summary>
    RefMissing,

    /// <summary>The repository asks for a login.</summary>
    Unauthorized,

    /// <summary>A name cannot be resolved inside the build.</summary>
    NameResolution,

    /// <summary>A server does not answer, or the connection broke.</summary>
    Network,

    /// <summary>A certificate is not trusted, mostly because a proxy intercepts TLS.</summary>
    TlsInterception,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>Out of memory: signal 9 ended a process (exit code 137), or an allocation failed.</summary>
    OutOfMemory,

    /// <summary>Node.js reached its heap limit (exit code 134).</summary>
    HeapLimit,

    /// <summary>Signal 15 ended a process (exit code 143), or the Docker engine stopped.</summary>
    Terminated,

    /// <summary>vite or esbuild failed to build the front end.</summary>
    FrontEnd,

    /// <summary>The app needs another version of Node.js than the release has.</summary>
    NodeVersion,

    /// <summary>The app needs another version of Frappe or of an app.</summary>
    DependencyVersion,

    /// <summary>The app requires an app that is not in the image.</summary>
    DependencyMissing,

    /// <summary>The repository does not hold a Frappe app, or holds another one.</summary>
    NotTheApp,

    /// <summary>The server's copy of a repository is damaged or not whole.</summary>
    Repository,

    /// <summary>A base image cannot be pulled.</summary>
    BaseImage,

    /// <summary>A package cannot be installed: the version does not exist, or it does not compile.</summary>
    Package,
}
