using System.Text.RegularExpressions;

namespace ErpInstaller.Image;

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
                    return rule.Next
                        ? FromNext(rule, lines, i)
                        : new BuildDiagnosis(rule.Fault, Fill(match, rule.Words), Fill(match, rule.Hint), i);
                }
            }
        }

        return LastError(lines);
    }

    // Where a pattern has alternatives, $1 stands for the one that matched.
    private static string Fill(Match match, string words)
    {
        var first = match.Groups.Values.Skip(1).FirstOrDefault(g => g.Success)?.Value ?? "";
        return match.Groups.Count > 2 && !match.Groups[1].Success
            ? words.Replace("$1", first, StringComparison.Ordinal)
            : match.Result(words);
    }

    // vite and esbuild say that something failed on one line, and what on another.
    private static BuildDiagnosis FromNext(Rule rule, IReadOnlyList<string> lines, int line)
    {
        var next = Enumerable
            .Range(line + 1, lines.Count - line - 1)
            .FirstOrDefault(i => lines[i].Trim().Length > 0, line);
        return new BuildDiagnosis(rule.Fault, lines[next].Trim(), rule.Hint, next);
    }

    // Nobody knows the cause; but the tool that failed said something, above the traceback of what called it.
    private static BuildDiagnosis? LastError(IReadOnlyList<string> lines)
    {
        var last = Enumerable
            .Range(0, lines.Count)
            .LastOrDefault(i => Said().IsMatch(lines[i]) && !CommandFailed().IsMatch(lines[i]), -1);
        return last < 0
            ? null
            : new BuildDiagnosis(
                BuildFault.Other,
                Said().Match(lines[last]).Groups[1].Value,
                "Look for the first error.",
                last
            );
    }

    private const string NodeHint =
        "Take a ref of NAME that was made for the release's Node.js: [apps.override.NAME] ref = \"…\"; or a newer release. "
        + "Its yarn.lock must pin the package: what it does not pin becomes ever newer.";

    private const string FrontEndHint =
        "The front end of NAME at this ref does not go with its packages or with the release: [apps.override.NAME] ref = \"…\"";

    private const string MemoryHint =
        "See what is free: free -m; what the kernel killed: dmesg | grep -i kill. "
        + "Give the host more memory or swap, or stop something while it builds.";

    private sealed record Rule(BuildFault Fault, Regex Pattern, string Words, string Hint, bool Next = false);

    // The words are those of fetch.sh and check.py, the engine, git, curl, pip, yarn, pnpm, node and bench. In the
    // answers $1 stands for the first group.
    private static readonly Rule[] Rules =
    [
        new(
            BuildFault.DiskFull,
            NoSpace(),
            "the disk is full",
            "See what takes the room: docker system df. Then: docker builder prune, docker image prune."
        ),
        new(BuildFault.OutOfMemory, NoMemory(), "killed: out of memory", MemoryHint),
        new(
            BuildFault.OutOfMemory,
            Killed(),
            "killed, most likely because the memory ran out (exit code 137)",
            MemoryHint
        ),
        new(
            BuildFault.Terminated,
            Terminated(),
            "stopped by a signal from outside (exit code 143)",
            "A restart of Docker, a shutdown or an administrator does that: journalctl --since -15min. Run the same command again."
        ),
        new(
            BuildFault.HeapLimit,
            HeapLimit(),
            "Node.js reached its memory limit (134)",
            "The build lets it have 3 GiB. An app that needs more sets NODE_OPTIONS in its own build script; or take another ref: apps.override.NAME.ref"
        ),
        new(
            BuildFault.RefMissing,
            CommitMissing(),
            "the locked commit is not in the repository any more",
            "Resolve the refs again: erp-installer install --update-lock"
        ),
        new(BuildFault.NotTheApp, NotTheApp(), "$1", "Look at the address of the app in apps.override of the answers."),
        new(
            BuildFault.DependencyMissing,
            AppMissing(),
            "$1 requires the app $2, which is not chosen",
            "Add it: [apps.override.$1] requires = [\"$2\"]"
        ),
        new(
            BuildFault.DependencyMissing,
            FrappeDependencyMissing(),
            "an app requires $1, which is not in the image",
            "Add it to apps.install, or choose an older ref of the app that requires it."
        ),
        new(
            BuildFault.DependencyVersion,
            WrongVersion(),
            "$4 wants $1 $3, the release has $2",
            "Choose a ref of $4 that fits the release: [apps.override.$4] ref = \"…\""
        ),
        new(BuildFault.NodeVersion, NodeEngine(), "the package $1 needs Node.js $2, the release has $3", NodeHint),
        new(
            BuildFault.NodeVersion,
            NodeEngineOfNpm(),
            "the package $1 needs another Node.js than the release has",
            NodeHint
        ),
        new(
            BuildFault.Unauthorized,
            RegistryLogin(),
            "a package registry refuses the login: $1",
            "Look at image.npm_username and image.npm_password in the answers, or image.python_username and image.python_password."
        ),
        new(
            BuildFault.Unauthorized,
            Login(),
            "the repository asks for a login",
            "It does not exist or is private: look at its address, or give a token: [apps.override.NAME] token = { env = \"…\" }."
        ),
        new(
            BuildFault.NameResolution,
            Resolve(),
            "a name cannot be resolved inside the build",
            "Containers use the engine's DNS: look at \"dns\" in /etc/docker/daemon.json."
        ),
        new(
            BuildFault.TlsInterception,
            Certificate(),
            "a certificate is not trusted: something between here and the server changes TLS",
            "If your company signs them: image.ca_certificate = \"FILE\" in the answers, its authority as PEM. Else have the proxy leave the servers alone."
        ),
        new(
            BuildFault.Network,
            NoAnswer(),
            "a server does not answer",
            "Run the same command again. If it stays: containers may need a proxy, or the firewall keeps them in."
        ),
        new(
            BuildFault.RefMissing,
            RefMissing(),
            "the repository has no branch or tag $1 any more",
            "Resolve the refs again: erp-installer install --update-lock"
        ),
        new(
            BuildFault.Package,
            NoSuchPackage(),
            "a Python package is not to be had: $1",
            "A newer ref of the app may want another: apps.override.NAME.ref. "
                + "With image.python_index: does the mirror have it, and take the login?"
        ),
        new(
            BuildFault.Package,
            WrongPython(),
            "the package $1 needs Python $3, the release has $2",
            "Take a ref of NAME that was made for this release: apps.override.NAME.ref"
        ),
        new(
            BuildFault.Package,
            Conflict(),
            "Python packages contradict each other: $1",
            "Two apps want different versions of one package: take other refs of them, or leave one out. pip's own words are in the log."
        ),
        new(
            BuildFault.Package,
            Wheel(),
            "a Python package does not compile: $1",
            "It has no wheel for the release's Python, and the build image lacks what it compiles with. Take another ref: apps.override.NAME.ref"
        ),
        new(
            BuildFault.Package,
            NoNpmPackage(),
            "the npm registry does not have $1",
            "Another ref of the app may want another: apps.override.NAME.ref. "
                + "With image.npm_registry: does the mirror have it, and take the login?"
        ),
        new(BuildFault.FrontEnd, BundleError(), "", FrontEndHint, Next: true),
        new(BuildFault.FrontEnd, EsbuildError(), "$1", FrontEndHint),
        new(
            BuildFault.BaseImage,
            BaseImage(),
            "a base image is not to be had",
            "Try it: docker pull IMAGE, as the message names it."
        ),
    ];

    [GeneratedRegex("no space left on device|ENOSPC", RegexOptions.IgnoreCase)]
    private static partial Regex NoSpace();

    [GeneratedRegex(@"non-zero code: 137\b|exit (?:code|status):? 137\b|\bSIGKILL\b|^Killed$")]
    private static partial Regex Killed();

    [GeneratedRegex("Cannot allocate memory|ENOMEM|oom-kill|^MemoryError$")]
    private static partial Regex NoMemory();

    [GeneratedRegex(@"exit (?:code|status):? 143\b|non-zero code: 143\b|\bSIGTERM\b")]
    private static partial Regex Terminated();

    [GeneratedRegex(@"JavaScript heap out of memory|exit (?:code|status):? 134\b|non-zero code: 134\b")]
    private static partial Regex HeapLimit();

    [GeneratedRegex("^erp-installer: commit-missing: ")]
    private static partial Regex CommitMissing();

    [GeneratedRegex("^erp-installer: (?:no-app|other-app): (.+)$")]
    private static partial Regex NotTheApp();

    [GeneratedRegex("^erp-installer: app-missing: ([a-z0-9_]+) requires ([A-Za-z0-9_-]+)$")]
    private static partial Regex AppMissing();

    [GeneratedRegex("^Required frappe-dependency '([^']+)' not found")]
    private static partial Regex FrappeDependencyMissing();

    [GeneratedRegex(
        "^Installed frappe-dependency '([^']+)' version '([^']+)' does not satisfy required version '([^']+)'. App '([^']+)'"
    )]
    private static partial Regex WrongVersion();

    [GeneratedRegex(
        "^error (\\S+?)@\\S+: The engine \"node\" is incompatible with this module. Expected version \"([^\"]+)\". Got \"([^\"]+)\""
    )]
    private static partial Regex NodeEngine();

    [GeneratedRegex("^npm (?:error|ERR!) engine Not compatible with your version of node/npm: (\\S+?)@\\S+$")]
    private static partial Regex NodeEngineOfNpm();

    // yarn's "error Command failed with exit code 1." names no cause; what failed has said it before.
    [GeneratedRegex(@"^(?:error|npm error|npm ERR!|ERROR:) (.+)$")]
    private static partial Regex Said();

    [GeneratedRegex(@"Command failed with exit code|A complete log of this run|^npm (?:error|ERR!) code ")]
    private static partial Regex CommandFailed();

    [GeneratedRegex(
        "^error An unexpected error occurred: \"(https?://[^\"]+): Request failed .*40[13]|^ERROR: HTTP error 40[13] while getting (\\S+)"
    )]
    private static partial Regex RegistryLogin();

    [GeneratedRegex("^ERROR: Package '([^']+)' requires a different Python: (\\S+) not in '([^']+)'")]
    private static partial Regex WrongPython();

    [GeneratedRegex("^ERROR: Cannot install (.+) because these package versions have conflicting dependencies")]
    private static partial Regex Conflict();

    [GeneratedRegex("^\\s*ERROR: (?:Failed building wheel for|Could not build wheels for) ([^\\s,]+)")]
    private static partial Regex Wheel();

    [GeneratedRegex(
        "^error Couldn't find (?:package|any versions for) \"([^\"]+)\"|^npm (?:error|ERR!) notarget No matching version found for (\\S+?)\\.?$"
            + "|^npm (?:error|ERR!) 404 Not Found - GET (\\S+)|^error An unexpected error occurred: \"(https?://[^\"]+?): (?:Request failed .*404|Not found)"
    )]
    private static partial Regex NoNpmPackage();

    [GeneratedRegex("^error during build:$")]
    private static partial Regex BundleError();

    [GeneratedRegex("^[✘X] \\[ERROR\\] (.+)$")]
    private static partial Regex EsbuildError();

    [GeneratedRegex(
        "could not read Username|Authentication failed for|terminal prompts disabled|HTTP Basic: Access denied|The requested URL returned error: 40[13]"
    )]
    private static partial Regex Login();

    [GeneratedRegex(
        "Could not resolve host|Temporary failure in name resolution|Name or service not known|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|no such host"
    )]
    private static partial Regex Resolve();

    [GeneratedRegex(
        "SSL certificate problem|server certificate verification failed|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT_IN_CHAIN|self[- ]signed certificate|unable to get local issuer certificate|unable to verify the first certificate|CERT_HAS_EXPIRED|certificate has expired|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|x509: "
    )]
    private static partial Regex Certificate();

    [GeneratedRegex(
        "Failed to connect to|Connection (?:timed out|refused|reset)|Operation too slow|early EOF|RPC failed|ETIMEDOUT|ECONNRE(?:SET|FUSED)|ReadTimeoutError|i/o timeout|network is unreachable|There appears to be trouble with your network",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex NoAnswer();

    [GeneratedRegex("couldn't find remote ref (.+)$|Remote branch (.+) not found")]
    private static partial Regex RefMissing();

    [GeneratedRegex("No matching distribution found for (.+)$")]
    private static partial Regex NoSuchPackage();

    [GeneratedRegex(
        "pull access denied|manifest unknown|no matching manifest|manifest for .+ not found|toomanyrequests"
    )]
    private static partial Regex BaseImage();
}
