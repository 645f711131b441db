using System.Text.RegularExpressions;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Image;

/// <summary>The cause of a failed build, found in its output.</summary>
/// <param name="Description">The cause, to follow the description of the failed part.</param>
/// <param name="Hint">What to do.</param>
/// <param name="Line">Index of the output line that shows the cause.</param>
internal sealed partial record BuildDiagnosis(BuildFault Fault, string Description, string Hint, int Line)
{
    /// <summary>Finds the cause; null when no rule matches a line.</summary>
    /// <param name="lines">Output of the failed instruction, with the builder's message at the end.</param>
    public static BuildDiagnosis? Of(IReadOnlyList<string> lines)
    {
        // A full disk or a killed process causes many other errors, so these rules come first.
        foreach (var rule in Rules)
        {
            // From the end: the last match stopped the build.
            for (var i = lines.Count - 1; i >= 0; i--)
            {
                if (rule.Pattern.Match(lines[i]) is { Success: true } match)
                {
                    return rule.What is null
                        ? FromNext(rule, lines, i)
                        : new BuildDiagnosis(rule.Fault, Fill(match, rule.What), Fill(match, rule.Hint), i);
                }
            }
        }

        return LastError(lines);
    }

    // If a pattern has alternatives, $1 stands for the group that matched.
    private static string Fill(Match match, string words)
    {
        var first = match.Groups.Values.Skip(1).FirstOrDefault(g => g.Success)?.Value ?? "";
        return match.Groups.Count > 2 && !match.Groups[1].Success
            ? words.Replace("$1", first, StringComparison.Ordinal)
            : match.Result(words);
    }

    // vite and esbuild print the failure on one line and its cause on the next.
    private static BuildDiagnosis FromNext(Diagnosis<BuildFault> rule, IReadOnlyList<string> lines, int line)
    {
        var next = Enumerable
            .Range(line + 1, lines.Count - line - 1)
            .FirstOrDefault(i => lines[i].Trim().Length > 0, line);
        return new BuildDiagnosis(rule.Fault, lines[next].Trim(), rule.Hint, next);
    }

    // No known cause. Show the failed tool's own message, which is above its caller's traceback.
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
                "Search the log for the first error.",
                last
            );
    }

    private const string NodeHint =
        "Choose a ref of NAME that fits the release's Node.js: [apps.override.NAME] ref = \"…\"; or use a newer "
        + "release. "
        + "Its yarn.lock should pin the package: yarn installs the newest version of an unpinned one.";

    private const string FrontEndHint =
        "The front end of NAME does not build with its packages or the release at this ref. Choose another: "
        + "[apps.override.NAME] ref = \"…\"";

    private const string NoNpmPackageHint =
        "Another ref of the app may need another version: apps.override.NAME.ref. "
        + "With image.npm_registry, check that the mirror has it and accepts the login.";

    private const string MemoryHint =
        "Check free memory: free -m; killed processes: dmesg | grep -i kill. "
        + "Give the host more memory or swap, or stop other programs during the build.";

    // The patterns match messages of fetch.sh, check.py, the engine, git, curl, pip, yarn, pnpm, node and bench. In the
    // descriptions and hints $1 stands for the first group.
    private static readonly Diagnosis<BuildFault>[] Rules =
    [
        new(
            BuildFault.DiskFull,
            NoSpace(),
            "the disk is full",
            "See what uses the disk: docker system df. Then: docker builder prune, docker image prune."
        ),
        new(BuildFault.OutOfMemory, NoMemory(), "killed: out of memory", MemoryHint),
        new(
            BuildFault.OutOfMemory,
            Killed(),
            "killed, most likely by the kernel because memory ran out (exit code 137)",
            MemoryHint
        ),
        new(
            BuildFault.Terminated,
            Terminated(),
            "stopped by SIGTERM (exit code 143): memory ran low, or Docker or the host was stopped",
            "Find the reason: journalctl --since -15min; earlyoom and other guards of the memory end programs in this "
                + "way. Give the host more memory or swap, or stop other programs during the build. If Docker or the "
                + "host was stopped, run the same command again."
        ),
        new(
            BuildFault.OutOfMemory,
            EsbuildStopped(),
            "the process of esbuild was killed, most likely by the kernel because memory ran out",
            MemoryHint
        ),
        new(
            BuildFault.Terminated,
            EngineStopped(),
            "the Docker engine stopped during the build",
            "Find the reason: journalctl -u docker --since -15min. Then run the same command again."
        ),
        new(
            BuildFault.HeapLimit,
            HeapLimit(),
            "Node.js reached its heap limit (exit code 134)",
            "The build's limit is 3 GiB. An app that needs more sets NODE_OPTIONS in its own build script. Or choose "
                + "another ref: apps.override.NAME.ref"
        ),
        new(
            BuildFault.RefMissing,
            CommitMissing(),
            "the locked commit is not in the repository any more",
            "Resolve the refs again: erp-installer install --update-lock"
        ),
        new(BuildFault.NotTheApp, NotTheApp(), "$1", "Check the app's URL in the answers: apps.override.NAME.url"),
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
            "$4 needs $1 $3, the release has $2",
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
            "Check image.npm_username and image.npm_password in the answers, or image.python_username and "
                + "image.python_password."
        ),
        new(
            BuildFault.Unauthorized,
            Login(),
            "the repository asks for a login",
            "It does not exist or is private: check its URL, or set a token: [apps.override.NAME] token = { env = "
                + "\"…\" }."
        ),
        new(
            BuildFault.NameResolution,
            Resolve(),
            "a name cannot be resolved inside the build",
            "Containers use the engine's DNS: check \"dns\" in /etc/docker/daemon.json."
        ),
        new(
            BuildFault.TlsInterception,
            Certificate(),
            "a certificate is not trusted: a proxy probably intercepts TLS",
            "The build trusts the CAs that were added to this host: add your company's CA (update-ca-certificates, "
                + "update-ca-trust), or set image.ca_certificate = \"FILE\" in the answers."
        ),
        new(
            BuildFault.Network,
            TimedOut(),
            "the download of $1 timed out",
            "Run the same command again: what is already built is not repeated. If it fails again, check the host's "
                + "connection, and whether other programs keep its processors busy: uptime"
        ),
        new(
            BuildFault.Repository,
            DamagedRepository(),
            "the repository on the server lacks a part of this ref, or is damaged",
            "Fetch the server's copy again, or check it there: git fsck --full. With image.git_mirror, that copy is "
                + "the mirror's. Or choose another ref: apps.override.NAME.ref"
        ),
        new(
            BuildFault.Network,
            NoAnswer(),
            "a server does not answer",
            "Run the same command again. If it fails again, containers may need a proxy, or a firewall blocks them."
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
            "no registry has the Python package $1",
            "Another ref of the app may need another version: apps.override.NAME.ref. "
                + "With image.python_index, check that the mirror has it and accepts the login."
        ),
        new(
            BuildFault.Package,
            WrongPython(),
            "the package $1 needs Python $3, the release has $2",
            "Choose a ref of NAME that fits this release: apps.override.NAME.ref"
        ),
        new(
            BuildFault.Package,
            Conflict(),
            "Python packages conflict: $1",
            "Two apps need different versions of one package: choose other refs, or remove one app. The log has "
                + "pip's message."
        ),
        new(
            BuildFault.Package,
            Wheel(),
            "a Python package does not compile: $1",
            "It has no wheel for the release's Python, and the base image lacks a library to compile it. Choose "
                + "another ref: apps.override.NAME.ref"
        ),
        new(BuildFault.Package, NoNpmVersion(), "the npm registry has no $1 that matches $2", NoNpmPackageHint),
        new(BuildFault.Package, NoNpmPackage(), "the npm registry does not have $1", NoNpmPackageHint),
        new(BuildFault.FrontEnd, BundleError(), null, FrontEndHint),
        new(BuildFault.FrontEnd, EsbuildError(), "$1", FrontEndHint),
        new(
            BuildFault.BaseImage,
            BaseImage(),
            "a base image cannot be pulled",
            "Try to pull the image that the message names: docker pull IMAGE"
        ),
    ];

    [GeneratedRegex("no space left on device|ENOSPC", RegexOptions.IgnoreCase)]
    private static partial Regex NoSpace();

    // The shell writes "Killed" behind the unfinished line of the program. yarn, npm, pnpm and Python name the signal
    // or the exit code, git and gcc describe it, pip writes the signal as a negative exit code.
    [GeneratedRegex(
        @"[Ee]xit (?:code|status):? (?:137|-9)\b|non-zero code: 137\b|\berrno 137\b|\bSIGKILL\b|\bsignal: killed\b"
            + @"|died of signal 9\b|: Killed signal terminated program|: Killed \(program |Killed$"
            + "|: line [0-9]+:.* Killed "
    )]
    private static partial Regex Killed();

    // Also the words of the runtimes of Go (esbuild), Rust (rolldown) and C++.
    [GeneratedRegex(
        "Cannot allocate memory|ENOMEM|oom-kill|^MemoryError$|runtime: out of memory|process out of memory"
            + "|memory allocation of [0-9]+ bytes failed|std::bad_alloc"
    )]
    private static partial Regex NoMemory();

    [GeneratedRegex(
        @"[Ee]xit (?:code|status):? (?:143|-15)\b|non-zero code: 143\b|\berrno 143\b|\bSIGTERM\b|\bsignal: terminated\b"
            + @"|died of signal 15\b|: Terminated signal terminated program|Terminated$"
            + "|: line [0-9]+:.* Terminated "
    )]
    private static partial Regex Terminated();

    // vite and Frappe's own script use esbuild as a child process and do not see which signal ended it.
    [GeneratedRegex("The service was stopped|The service is no longer running")]
    private static partial Regex EsbuildStopped();

    // buildx 0.13 writes "failed to solve: Unavailable: error reading from server: EOF", older ones the gRPC error.
    [GeneratedRegex(
        "rpc error: code = Unavailable|failed to solve: Unavailable: |Cannot connect to the Docker daemon"
            + "|failed to receive status: "
    )]
    private static partial Regex EngineStopped();

    [GeneratedRegex(
        @"J(?:avaScript|S) heap out of memory|ERR_WORKER_OUT_OF_MEMORY|[Ee]xit (?:code|status):? (?:134|-6)\b"
            + @"|non-zero code: 134\b|\berrno 134\b|\bSIGABRT\b"
    )]
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
        "^Installed frappe-dependency '([^']+)' version '([^']+)' does not satisfy required version '([^']+)'. App "
            + "'([^']+)'"
    )]
    private static partial Regex WrongVersion();

    [GeneratedRegex(
        "^error (\\S+?)@\\S+: The engine \"node\" is incompatible with this module. Expected version \"([^\"]+)\". "
            + "Got \"([^\"]+)\""
    )]
    private static partial Regex NodeEngine();

    [GeneratedRegex("^npm (?:error|ERR!) engine Not compatible with your version of node/npm: (\\S+?)@\\S+$")]
    private static partial Regex NodeEngineOfNpm();

    // yarn's "error Command failed with exit code 1." names no cause; the failed command printed it before.
    [GeneratedRegex(@"^(?:error|npm error|npm ERR!|ERROR:) (.+)$")]
    private static partial Regex Said();

    [GeneratedRegex(@"Command failed with exit code|A complete log of this run|^npm (?:error|ERR!) code ")]
    private static partial Regex CommandFailed();

    [GeneratedRegex(
        "^error (?:Error: |An unexpected error occurred: \")(https?://[^\"]+): Request failed .*40[13]"
            + "|^ERROR: HTTP error 40[13] while getting (\\S+)"
    )]
    private static partial Regex RegistryLogin();

    [GeneratedRegex("^ERROR: Package '([^']+)' requires a different Python: (\\S+) not in '([^']+)'")]
    private static partial Regex WrongPython();

    [GeneratedRegex("^ERROR: Cannot install (.+) because these package versions have conflicting dependencies")]
    private static partial Regex Conflict();

    [GeneratedRegex("^\\s*ERROR: (?:Failed building wheel for|Could not build wheels for) ([^\\s,]+)")]
    private static partial Regex Wheel();

    [GeneratedRegex("^error Couldn't find any versions for \"([^\"]+)\" that matches \"([^\"]+)\"")]
    private static partial Regex NoNpmVersion();

    [GeneratedRegex(
        "^error Couldn't find package \"([^\"]+)\"|^npm (?:error|ERR!) notarget No matching version found for "
            + "(\\S+?)\\.?$"
            + "|^npm (?:error|ERR!) 404 Not Found - GET (\\S+)|^error (?:Error: |An unexpected error occurred: \")"
            + "(https?://[^\"]+?): (?:Request failed .*404|Not found)"
    )]
    private static partial Regex NoNpmPackage();

    [GeneratedRegex("^error during build:$")]
    private static partial Regex BundleError();

    [GeneratedRegex("^[✘X] \\[ERROR\\] (.+)$")]
    private static partial Regex EsbuildError();

    [GeneratedRegex(
        "could not read Username|Authentication failed for|terminal prompts disabled|HTTP Basic: Access denied|The "
            + "requested URL returned error: 40[13]"
    )]
    private static partial Regex Login();

    [GeneratedRegex(
        "Could not resolve host|Temporary failure in name resolution|Name or service not known|getaddrinfo "
            + "(?:ENOTFOUND|EAI_AGAIN)|no such host"
    )]
    private static partial Regex Resolve();

    [GeneratedRegex(
        "SSL certificate problem|server certificate verification "
            + "failed|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT_IN_CHAIN|self[- ]signed certificate|unable to get "
            + "local issuer certificate|unable to verify the first certificate|CERT_HAS_EXPIRED|certificate has "
            + "expired|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|x509: "
    )]
    private static partial Regex Certificate();

    // yarn 1 names the package's address in either way.
    [GeneratedRegex("^error (?:Error: |An unexpected error occurred: \"?)(https?://\\S+): E(?:SOCKET)?TIMEDOUT")]
    private static partial Regex TimedOut();

    // git's server ends the connection after it, and "early EOF" follows.
    [GeneratedRegex("possible repository corruption on the remote side")]
    private static partial Regex DamagedRepository();

    [GeneratedRegex(
        "Failed to connect to|Connection (?:timed out|refused|reset)|Operation too slow|early EOF|RPC "
            + "failed|ETIMEDOUT|ECONNRE(?:SET|FUSED)|ReadTimeoutError|i/o timeout|network is unreachable|There appears "
            + "to be trouble with your network",
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
