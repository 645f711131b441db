using System.Text.RegularExpressions;

namespace ErpInstaller.Images;

/// <summary>What a failed build's output says about why.</summary>
/// <param name="Words">What happened, to be put after what was being done.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="Line">The line that tells it, by its place in the output.</param>
internal sealed partial record BuildDiagnosis(BuildFault Fault, string Words, string Hint, int Line)
{
    /// <summary>Looks for the cause; null when no line is known.</summary>
    /// <param name="lines">What the failing instruction wrote, with what the builder says of it at the end.</param>
    public static BuildDiagnosis? Of(IReadOnlyList<string> lines)
    {
        // A full disk and a killed process make everything else fail too, in many words: they come first.
        foreach (var rule in Rules)
        {
            // From the end: what came last is what stopped the build.
            for (var i = lines.Count - 1; i >= 0; i--)
            {
                if (rule.Pattern.Match(lines[i]) is { Success: true } match)
                {
                    return new BuildDiagnosis(rule.Fault, match.Result(rule.Words), match.Result(rule.Hint), i);
                }
            }
        }

        return null;
    }

    private sealed record Rule(BuildFault Fault, Regex Pattern, string Words, string Hint);

    // The words are those of fetch.sh and check.py, the engine, git, curl, pip, yarn, pnpm, node and bench. In the
    // answers $1 stands for the first group.
    private static readonly Rule[] Rules =
    [
        new(BuildFault.DiskFull, NoSpace(), "the disk is full",
            "See what takes the room: docker system df. Then: docker builder prune, docker image prune."),
        new(BuildFault.OutOfMemory, Killed(), "killed for want of memory (137)",
            "See what is free: free -m. Give the host more memory or swap, or stop something while it builds."),
        new(BuildFault.OutOfMemory, HeapLimit(), "Node.js ran out of memory",
            "See what is free: free -m. Give the host more memory, or choose an older ref of the app: apps.override.NAME.ref"),
        new(BuildFault.RefMissing, CommitMissing(), "the locked commit is not in the repository any more",
            "Resolve the refs again: erp-installer install --update-lock"),
        new(BuildFault.NotTheApp, NotTheApp(), "$1", "Look at the address of the app in apps.override of the answers."),
        new(BuildFault.DependencyMissing, AppMissing(), "$1 requires the app $2, which is not chosen",
            "Add it: [apps.override.$1] requires = [\"$2\"]"),
        new(BuildFault.DependencyMissing, FrappeDependencyMissing(), "an app requires $1, which is not in the image",
            "Add it to apps.install, or choose an older ref of the app that requires it."),
        new(BuildFault.DependencyVersion, WrongVersion(), "$4 wants $1 $3, the release has $2",
            "Choose a ref of $4 that fits the release: [apps.override.$4] ref = \"…\""),
        new(BuildFault.NodeVersion, NodeEngine(), "it needs Node.js $1, the release has $2",
            "Choose an older ref of the app: apps.override.NAME.ref"),
        new(BuildFault.Unauthorized, Login(), "the repository asks for a login",
            "It does not exist or is private: look at its address, or give a token: [apps.override.NAME] token = { env = \"…\" }."),
        new(BuildFault.NameResolution, Resolve(), "a name cannot be resolved inside the build",
            "Containers use the engine's DNS: look at \"dns\" in /etc/docker/daemon.json."),
        new(BuildFault.TlsInterception, Certificate(), "a certificate is not trusted: something between here and the server changes TLS",
            "Build where the servers are reached directly, or have the proxy leave them alone."),
        new(BuildFault.Network, NoAnswer(), "a server does not answer",
            "Run the same command again. If it stays: containers may need a proxy, or the firewall keeps them in."),
        new(BuildFault.RefMissing, RefMissing(), "the repository has no branch or tag $1 any more",
            "Resolve the refs again: erp-installer install --update-lock"),
        new(BuildFault.Package, NoSuchPackage(), "a Python package is not to be had: $1",
            "Choose a newer ref of the app: apps.override.NAME.ref"),
        new(BuildFault.BaseImage, BaseImage(), "a base image is not to be had", "Try it: docker pull IMAGE, as the message names it."),
    ];

    [GeneratedRegex("no space left on device|ENOSPC", RegexOptions.IgnoreCase)]
    private static partial Regex NoSpace();

    [GeneratedRegex(@"non-zero code: 137\b|exit (?:code|status):? 137\b|\bSIGKILL\b|^Killed$|Cannot allocate memory")]
    private static partial Regex Killed();

    [GeneratedRegex("JavaScript heap out of memory")]
    private static partial Regex HeapLimit();

    [GeneratedRegex("^erp-installer: commit-missing: ")]
    private static partial Regex CommitMissing();

    [GeneratedRegex("^erp-installer: (?:no-app|other-app): (.+)$")]
    private static partial Regex NotTheApp();

    [GeneratedRegex("^erp-installer: app-missing: ([a-z0-9_]+) requires ([A-Za-z0-9_-]+)$")]
    private static partial Regex AppMissing();

    [GeneratedRegex("^Required frappe-dependency '([^']+)' not found")]
    private static partial Regex FrappeDependencyMissing();

    [GeneratedRegex("^Installed frappe-dependency '([^']+)' version '([^']+)' does not satisfy required version '([^']+)'. App '([^']+)'")]
    private static partial Regex WrongVersion();

    [GeneratedRegex("The engine \"node\" is incompatible with this module. Expected version \"([^\"]+)\". Got \"([^\"]+)\"")]
    private static partial Regex NodeEngine();

    [GeneratedRegex("could not read Username|Authentication failed for|terminal prompts disabled|HTTP Basic: Access denied|The requested URL returned error: 40[13]")]
    private static partial Regex Login();

    [GeneratedRegex("Could not resolve host|Temporary failure in name resolution|Name or service not known|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|no such host")]
    private static partial Regex Resolve();

    [GeneratedRegex("SSL certificate problem|server certificate verification failed|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT_IN_CHAIN|self[- ]signed certificate|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|x509: ")]
    private static partial Regex Certificate();

    [GeneratedRegex("Failed to connect to|Connection (?:timed out|refused|reset)|Operation too slow|early EOF|RPC failed|ETIMEDOUT|ECONNRE(?:SET|FUSED)|ReadTimeoutError|i/o timeout|network is unreachable|There appears to be trouble with your network", RegexOptions.IgnoreCase)]
    private static partial Regex NoAnswer();

    [GeneratedRegex("couldn't find remote ref (.+)$|Remote branch (.+) not found")]
    private static partial Regex RefMissing();

    [GeneratedRegex("No matching distribution found for (.+)$")]
    private static partial Regex NoSuchPackage();

    [GeneratedRegex("pull access denied|manifest unknown|no matching manifest|manifest for .+ not found|toomanyrequests")]
    private static partial Regex BaseImage();
}
