using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>The image could not be built. The details are the last lines of the build.</summary>
public sealed class BuildFailed : InstallerException
{
    private const int LinesKept = 20;

    private BuildFailed(string message, string hint, Exception cause)
        : base(message, hint, ExitCode.StepFailed, cause)
    {
    }

    /// <summary>Names what was being done and the cause, as far as the output tells it.</summary>
    /// <param name="doing">What the failing instruction is about.</param>
    /// <param name="output">All lines of the build.</param>
    public static BuildFailed From(string doing, IReadOnlyList<string> output, InstallerException cause)
    {
        var last = output.TakeLast(LinesKept).ToList();
        var (what, hint) = Explain(string.Join('\n', last.Append(cause.Message)));
        return new BuildFailed($"{doing}: {what ?? cause.Message}", hint, cause) { Details = last };
    }

    // What the engine, git, pip, yarn and bench write; the first that fits is the cause.
    private static (string? What, string Hint) Explain(string text)
    {
        bool Says(string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
        return text switch
        {
            _ when Says("no space left on device") => ("the disk is full", "See what takes the room: docker system df. Then: docker builder prune, docker image prune."),
            _ when Says("returned a non-zero code: 137") || Says("exit code: 137") || Says("exit code 137") || Says("SIGKILL") || Says("Killed") => ("killed for want of memory (137)", "Give the host more memory or swap, or stop something else while it builds: free -m"),
            _ when Says("Could not resolve host") || Says("Temporary failure in name resolution") => ("a name cannot be resolved inside the build", "Containers use the engine's DNS: look at \"dns\" in /etc/docker/daemon.json and at the proxy settings of the engine."),
            _ when Says("SSL certificate problem") || Says("certificate verify failed") || Says("self-signed certificate in") => ("TLS is intercepted", "A proxy changes certificates; the build cannot trust it. Build where the repositories are reached directly."),
            _ when Says("couldn't find remote ref") || Says("not our ref") || Says("reference is not a tree") => ("the locked commit is not in the repository any more", "Resolve the refs again: remove apps.lock.toml from the state directory."),
            _ when Says("could not read Username") || Says("Authentication failed") => ("the repository asks for a login", "It does not exist or is private: look at apps.override in the answers."),
            _ when Says("toomanyrequests") || Says("rate limit") => ("the registry limits how often images are pulled", "Log in to it (docker login), or wait some hours."),
            _ when Says("no matching manifest") => ("the base image does not exist for this architecture", "Build on amd64."),
            _ when Says("manifest unknown") || Says("pull access denied") || Says("manifest for ") => ("the base image is not there", "Look at the release's images: docker pull IMAGE"),
            _ when Says("The engine \"node\" is incompatible") => ("the app needs another Node.js than the release has", "Choose an older ref of the app: apps.override.NAME.ref"),
            _ when Says("InvalidVersion") || Says("is not compatible") || Says("Dependency") && Says("validate-dependencies") => ("the apps do not fit together", "Choose refs that fit the release: apps.override.NAME.ref"),
            _ => (null, "The whole build is in build.log in the state directory."),
        };
    }
}
