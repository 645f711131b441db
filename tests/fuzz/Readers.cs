using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Answers.Rules;
using ErpInstaller.Apps;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Attach;
using ErpInstaller.Certificate;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Text;
using ErpInstaller.Deployment;
using ErpInstaller.HostChecks;
using ErpInstaller.Image;
using ErpInstaller.Lines;
using ErpInstaller.Live;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Rehearsal;
using ErpInstaller.Releases;
using ErpInstaller.Run;
using ErpInstaller.Terminal;
using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Verification;
using Terminal.Gui.Drivers;
using Terminal.Gui.Time;

namespace ErpInstaller.Tests.Fuzz;

/// <summary>Everything that reads text from outside.</summary>
internal sealed class Readers : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FixedEngine _engine = new();
    private readonly AnswersVocabulary _known = AnswersVocabulary.Of(new ReleaseCatalog(new AssetSource()));

    public Readers()
    {
        Directory.CreateDirectory(In("assets/releases"));
        All =
        [
            new("answers", Files("answers", "*.toml"), ReadAnswers) { Shown = ShownProblems },
            new("draft", Files("answers/accepted", "*.toml"), ReadDraft),
            new("state", Files("state", "state.toml"), ReadState),
            new("apps-lock", Files("state", "apps.lock.toml"), ReadAppsLock),
            new("build-times", Texts("[seconds]\nfrappe = 12.5\n\"app crm\" = 3\n"), ReadBuildTimes),
            new("release", FilesIn(Repository.In("assets", "releases"), "*.toml"), ReadRelease),
            new("certificate", FilesIn(Repository.In("tests", "fuzz", "samples"), "*.pem"), ReadCertificate)
            {
                Share = 0.05,
            },
            new("nomad", Files("nomad-samples", "*.json"), ReadNomad) { Share = 0.3 },
            new("docker", [.. Files("docker-samples", "*.json"), .. Files("docker-samples", "*.log")], ReadDocker)
            {
                Share = 0.1,
            },
            new("shown-plan", Texts(Plan), ReadShownPlan),
            new("docker-build", Files("images/buildx", "*"), ReadBuild) { Share = 3 },
            new("docker-config", Texts("""{"auths":{"registry.example.com":{"auth":"dXNlcjpwYXNz"}}}"""), ReadLogin),
            new("git", Texts("2f3a\trefs/heads/main\n77aa\trefs/tags/v1\n88bb\trefs/tags/v1^{}\n", Refusal), ReadGit)
            {
                Share = 3,
            },
            new("app-files", [.. Files("apps", "*"), .. Texts(Package, Hooks)], ReadAppFiles) { Share = 3 },
            new("records", [.. Files("hosts", "good.json"), .. Texts(Locks, Inside)], ReadRecords),
            new("packages", Texts(YarnLockText, Newer), ReadPackages),
            new("live", Texts(Live), ReadLive),
            new("event-lines", Texts(Events), ReadEvent) { Share = 3 },
            new(
                "keys",
                Texts("abc\e[A\eOB\e[1;5C\e[97;5u\e[[A", "\e[200~x\e[201~\e[27;5;108~\e[38;72;0;1;0;1_"),
                ReadKeys
            ),
            new(
                "log-lines",
                Texts("\e[31mred\e[0m\rover\u009b1mx\e]8;;http://x\e\\y\n", "10 %\r20 %\r\n\u202e"),
                ReadLog
            ),
        ];
    }

    private static DateTimeOffset Now => new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Each with its samples.</summary>
    public IReadOnlyList<Reader> All { get; }

    private const string Refusal = "remote: Not Found\nfatal: Authentication failed for 'https://git.example.com/x'\n";
    private const string Package = """{"name":"x","engines":{"node":">=18 <23"}}""";
    private const string Hooks = "app_name = 'x'\nrequired_apps = ['frappe/erpnext', \"hrms\"]\n";
    private const string Locks =
        """{"python":["requests==2.31.0"],"apps":{"crm":{"commit":"2f3a","locks":{"yarn.lock":"abc"}}}}""";

    private const string YarnLockText = "# yarn lockfile v1\n\n\"@vue/a@^3.0\", b@^1.0:\n  version \"3.4.1\"\n";
    private const string Newer = "erp-installer: newer a 1.0 1.1\nerp-installer: none b\nerp-installer: asked\n";

    private const string Plan =
        "# The jobs\nschema = 1\nnomad = \"http://127.0.0.1:4646/ default\"\n[jobs]\nerpnext-data = 42\n";

    private const string Inside = """{"check": "inside-pdf", "ok": true, "warning": false, "found": "3 pages"}""";

    private const string Live = """
        {"queues": [{"name": "short", "length": 2, "running": 0, "failed": 0, "abandoned": 0, "oldest_seconds": 3}],
         "workers": {"count": 2, "busy": 1}, "scheduler": {"off": "pause_scheduler"}, "errors": {"disk": "x"},
         "backup": {"id": "4f3c2b1a", "time": 1795900000, "by": "hand"}, "disk": {"free": 1, "size": 2}}
        """;

    private static readonly string[] Events =
    [
        """{"type":"run-started","site":"erp.example.com","release":"15","rehearsal":false,"steps":["apps","image"]}""",
        """{"type":"progress","step":"image","what":"frappe","ratio":0.5,"at":"2026-11-28T10:00:00+00:00"}""",
        """{"type":"log","step":"image","level":"warning","line":"hello \u001b[31m"}""",
        """{"type":"step-started","step":"image","attempt":1,"why":"no image"}""",
        """{"type":"result","status":"failed","exit_code":4,"rehearsal":false,"message":"x","details":["z"]}""",
        """{"type":"warning","message":"a.toml:1:1: x"}""",
        """{"command":"cancel"}""",
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.Dispose();
        _directory.Dispose();
    }

    private static IReadOnlyList<byte[]> Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static IReadOnlyList<byte[]> Files(string folder, string pattern) =>
        FilesIn(Repository.In("tests", "cases", folder), pattern);

    // In an order that does not depend on the file system.
    private static IReadOnlyList<byte[]> FilesIn(string folder, string pattern) =>
        [
            .. Directory
                .EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)
                .Where(b => b.Length is > 0 and < 100_000),
        ];

    private static string TextOf(byte[] input) => Encoding.UTF8.GetString(input);

    private string In(string name) => _directory.In(name);

    private string Write(string name, byte[] input)
    {
        File.WriteAllBytes(In(name), input);
        return In(name);
    }

    // Screens and JSON show each problem as it is.
    private static string ShownProblems(InstallerException error) =>
        error is AnswersInvalid all ? string.Join('\n', all.Problems) : error.Message;

    private string ReadAnswers(byte[] input) =>
        string.Join('\n', AnswersReader.ReadText(AnswersText.Of("a.toml", input), "a.toml", _known).Warnings);

    private string ReadDraft(byte[] input)
    {
        AnswersReader.ReadDraft(Write("draft.toml", input));
        return "";
    }

    private string ReadState(byte[] input)
    {
        Write("state.toml", input);
        new StateFile(StateDirectory.At(_directory.Path)).Read();
        return "";
    }

    private string ReadAppsLock(byte[] input)
    {
        AppsLockFile.Read(Write("apps.lock.toml", input));
        return "";
    }

    private string ReadBuildTimes(byte[] input)
    {
        BuildTimes.Read(Write("build-times.toml", input));
        return "";
    }

    private string ReadRelease(byte[] input)
    {
        Write("assets/releases/fuzz.toml", input);
        new ReleaseCatalog(new AssetSource(In("assets"))).Load("fuzz");
        return "";
    }

    private string ReadCertificate(byte[] input)
    {
        var path = Write("site.pem", input);
        var findings = ProvidedCertificate.Check(path, path, "erp.example.com", Now);
        return TerminalText.Clean(string.Join('\n', findings.Select(f => f.Message)));
    }

    private static string ReadNomad(byte[] input)
    {
        Func<NomadClient, Task>[] requests =
        [
            n => n.GetAgentAsync(default),
            n => n.FindLeaderAsync(default),
            n => n.HasNamespaceAsync(default),
            n => n.ListNodesAsync(default),
            n => n.FindNodeAsync("x", default),
            n => n.ListNodeAllocationsAsync("x", default),
            n => n.FindJobAsync("x", default),
            n => n.FindSpecificationAsync("x", default),
            n => n.ValidateAsync(new() { ["ID"] = "x" }, default),
            n => n.PlanAsync(new() { ["ID"] = "x" }, default),
            n => n.ListEvaluationsAsync("x", default),
            n => n.FindNewestDeploymentAsync("x", default),
            n => n.HasCapabilityAsync("submit-job", default),
            n => n.FindVariableAsync("x", default),
            n => n.ReadLogAsync("x", "y", "stdout", 0, follow: false, _ => { }, default),
        ];
        using var handler = new FixedAnswer(input);
        using var nomad = new NomadClient(new NomadConnection { Address = new("http://127.0.0.1:4646") }, handler);
        var shown = new StringBuilder();
        foreach (var request in requests)
        {
            try
            {
                request(nomad).GetAwaiter().GetResult();
            }
            catch (InstallerException e) when (e.ExitCode != ExitCode.Internal)
            {
                shown.AppendLine(e.Message);
            }
        }

        return TerminalText.Clean(shown.ToString());
    }

    private string ReadDocker(byte[] input)
    {
        Func<DockerEngine, Task>[] requests =
        [
            d => d.GetInfoAsync(default),
            d => d.DescribeDiskAsync(default),
            d => d.FindImageAsync("x", default),
            d => d.FindNetworkAsync("x", default),
            d => d.ListNetworksAsync(default),
            d => d.FindVolumeAsync("x", default),
            d => d.ListContainersAsync(default),
            d => d.ReadTaskLogAsync(new TaskLogRequest("x", "y", "stdout", Lines: 5, Follow: false), _ => { }, default),
        ];
        _engine.Answer = input;
        using var docker = new DockerEngine(_engine.Address);
        var shown = new StringBuilder();
        foreach (var request in requests)
        {
            try
            {
                request(docker).GetAwaiter().GetResult();
            }
            catch (InstallerException e) when (e.ExitCode != ExitCode.Internal)
            {
                shown.AppendLine(e.Message);
            }
        }

        return TerminalText.Clean(shown.ToString());
    }

    private string ReadShownPlan(byte[] input)
    {
        ShownPlan.Read(Write("plan.toml", input));
        return "";
    }

    private static string ReadBuild(byte[] input)
    {
        var json = new BuildxJsonReader(_ => { });
        var plain = new BuildxPlainReader(_ => { });
        foreach (var line in TextOf(input).Split('\n'))
        {
            json.Add(line);
            plain.Add(line);
        }

        return json.StoppedBy(1).ToString() is { } stopped ? TerminalText.Clean(stopped) : "";
    }

    private string ReadLogin(byte[] input)
    {
        var file = new DockerConfiguration(Write("config.json", input));
        file.FindLoginAsync("registry.example.com", default).GetAwaiter().GetResult();
        return "";
    }

    private static string ReadGit(byte[] input)
    {
        GitRemote.Parse(TextOf(input));
        var error = GitWords.Explain("https://git.example.com/x", TextOf(input));
        return TerminalText.Clean(error.Message);
    }

    private static string ReadAppFiles(byte[] input)
    {
        var text = TextOf(input);
        PackageFile.Node(text);
        PyprojectFile.Read(text);
        HooksFile.RequiredApps(text);
        return "";
    }

    private string ReadRecords(byte[] input)
    {
        var text = TextOf(input);
        PackagesRecord.Parse(text);
        Write("host-facts.json", input);
        HostFactsFile.Read(StateDirectory.At(_directory.Path));
        RehearsalFile.Read(Write("rehearsal.json", input));
        return string.Join('\n', InsideFinding.In(text.Split('\n')).Select(f => f.Found));
    }

    private static string ReadPackages(byte[] input)
    {
        var text = TextOf(input);
        var packages = YarnLock.Versions(text).Keys.Select(YarnLock.NameIn).Select(TerminalText.Clean);
        return $"{string.Join('\n', packages)}\n{NewerPackages.Describe(new ContainerRun(0, text))}";
    }

    private static string ReadLive(byte[] input)
    {
        var inside = InsideReader.Parse(new ContainerRun(0, TextOf(input)), InsideJson.Default.Inside);
        var queues = inside.Queues?.OfType<InsideQueue>().Select(q => TerminalText.Clean(q.Name));
        return string.Join('\n', [.. queues ?? [], $"{inside.Backup?.At}", TerminalText.Clean(inside.Fault ?? "")]);
    }

    private static string ReadEvent(byte[] input)
    {
        using var writer = new StringWriter();
        var lines = new PlainLines(writer);
        foreach (var line in TextOf(input).Split('\n'))
        {
            new PlainFrontEnd(lines, lines).Show(EventLine.Read(line));
        }

        FrontEndCommand.Read(input);
        return writer.ToString();
    }

    private static string ReadKeys(byte[] input)
    {
        var time = new VirtualTimeProvider();
        var queue = new ConcurrentQueue<char>();
        var keys = new StringBuilder();
        using var processor = new AnsiInputProcessor(queue, time);
        processor.KeyDown += (_, key) => keys.AppendLine(TerminalText.Clean(new KeyPress(key).Name));
        var sequences = new KeySequences(queue.Enqueue);
        foreach (var part in TextOf(input).Chunk(7))
        {
            sequences.Add(part);
            processor.ProcessQueue();
        }

        sequences.Flush();
        time.Advance(TimeSpan.FromSeconds(1));
        processor.ProcessQueue();
        return keys.ToString();
    }

    private static string ReadLog(byte[] input) =>
        TerminalText.Clean(TextOf(input)) + AsciiFallback.ForAll(TerminalText.Clean(TextOf(input)));

    /// <summary>A server that answers every request with the same bytes.</summary>
    private sealed class FixedAnswer(byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new ByteArrayContent(body),
                    RequestMessage = request,
                }
            );
    }
}
