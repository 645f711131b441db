using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ErpInstaller.Core.Assets;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// A Nomad that answers over HTTP as the recorded one does, and runs nothing. Each blocking query advances the
/// allocations by one stage. The product's client talks to it, so a rehearsal uses the same code as an installation.
/// </summary>
internal sealed partial class RehearsedNomad : HttpMessageHandler
{
    private readonly RehearsedServers _servers;
    private readonly NomadTemplates _templates;
    private readonly TimeProvider _time;
    private readonly RehearsedClient _client;
    private readonly RehearsedLogs _logs = new();
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <param name="assets">Contain the recorded answers.</param>
    /// <param name="time">Stamps events and paces blocking queries.</param>
    /// <param name="file">The servers' state from one run to the next; null if the state is in memory only.</param>
    /// <param name="client">Runs the tasks; null if all succeed.</param>
    public RehearsedNomad(AssetSource assets, TimeProvider time, string? file = null, RehearsedClient? client = null)
    {
        _templates = new NomadTemplates(assets);
        _time = time;
        _servers = new RehearsedServers(file);
        _client = client ?? new RehearsedClient();
    }

    /// <summary>The duration of a blocking query; zero lets a test run at full speed.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// The number of allocations that a blocking query advances. Those that waited longest advance first.
    /// </summary>
    public int AtOnce { get; init; } = int.MaxValue;

    /// <summary>The node's name; null for the recorded name.</summary>
    public string? NodeName { get; set; }

    /// <summary>Additional nodes: copies of the recorded node with the differences given here.</summary>
    public List<RehearsedNode> MoreNodes { get; } = [];

    /// <summary>Host volumes of the recorded node.</summary>
    public List<string> HostVolumes { get; } = [];

    /// <summary>Host volumes of the recorded node that exist on this host, as name → directory.</summary>
    public Dictionary<string, string> HostDirectories { get; } = [];

    /// <summary>A stream of a task's log.</summary>
    public RehearsedLog LogOf(string allocation, string task, string type) => _logs.Of(allocation, task, type);

    /// <summary>Runs commands in containers.</summary>
    public RehearsedProgram Program { get; set; } = RehearsedShell.RunAsync;

    /// <summary>The value of an item of a Variable; null if there is none.</summary>
    public string? Variable(string path, string item) => _servers.Variables[path]?["Items"]?[item]?.GetValue<string>();

    /// <summary>Whether the job is registered and has running containers.</summary>
    public bool Runs(string job) => _servers.Jobs[job]?.Text("Status") == "running";

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await BlockAsync(request.RequestUri!, cancellationToken);
            var answer = await RouteAsync(request, cancellationToken);
            _servers.Save();
            return answer;
        }
        finally
        {
            _gate.Release();
        }
    }

    // A blocking query waits for a change. Here the query itself causes it: the allocations advance by one stage.
    private async Task BlockAsync(Uri uri, CancellationToken cancellation)
    {
        if (!long.TryParse(Query(uri, "index"), out var known) || known < _servers.Index)
        {
            return;
        }

        if (Pace > TimeSpan.Zero)
        {
            await Task.Delay(Pace, _time, cancellation);
        }

        Advance();
    }

    private async Task<HttpResponseMessage> RouteAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var uri = request.RequestUri!;
        var path = uri
            .AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(Uri.UnescapeDataString)
            .ToArray();
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellation);
        var write = request.Method == HttpMethod.Put || request.Method == HttpMethod.Post;
        if (request.Method == HttpMethod.Delete && path is ["job", var removed])
        {
            return Remove(removed);
        }

        if (request.Method == HttpMethod.Delete && path is ["var", .. var variable])
        {
            return RemoveVariable(string.Join('/', variable), uri);
        }

        if (!write && request.Method != HttpMethod.Get)
        {
            return Answer(HttpStatusCode.MethodNotAllowed, "Invalid method");
        }

        return (write, path) switch
        {
            (false, ["agent", "self"]) => Json(AgentSelf()),
            (false, ["status", "leader"]) => Json(JsonValue.Create("127.0.0.1:4647")),
            (false, ["nodes"]) => Json(Nodes()),
            (false, ["node", var id]) => Found(Node(id), "node not found"),
            (false, ["node", var id, "allocations"]) => Json(NodeAllocations(id)),
            (false, ["namespaces"]) => Json(Namespaces()),
            (false, ["namespace", var name]) => Found(
                Namespaces().FirstOrDefault(n => n!.Text("Name") == name),
                "Namespace not found"
            ),
            (false, ["jobs"]) => Json(JobList()),
            (true, ["jobs"]) => Register(Parse(body)),
            (true, ["validate", "job"]) => Validate(Parse(body)),
            (true, ["job", var id, "plan"]) => Plan(id, Parse(body)),
            (false, ["job", var id]) => Found(_servers.Jobs[id], "job not found"),
            (false, ["allocations"]) => Json(Allocations(Query(uri, "filter") ?? "")),
            (false, ["job", var id, "allocations"]) => Json(JobAllocations(id)),
            (false, ["job", var id, "evaluations"]) => Json(Of(_servers.Evaluations, id)),
            (false, ["job", var id, "deployments"]) => Json(Of(_servers.Deployments, id)),
            (false, ["job", var id, "deployment"]) => Json(Of(_servers.Deployments, id).LastOrDefault()?.DeepClone()),
            (false, ["evaluation", { Length: not 36 }]) => Answer(
                HttpStatusCode.InternalServerError,
                "failed to lookup eval: eval lookup failed: index error: UUID must be 36 characters"
            ),
            (false, ["evaluation", var id]) => Found(_servers.Evaluations[id], "eval not found"),
            (false, ["deployment", var id]) => Found(_servers.Deployments[id], "deployment not found"),
            (false, ["allocation", var id]) => Found(Allocation(id), "alloc not found"),
            (false, ["client", "allocation", var id, "stats"]) => Found(Usage(id), $"Unknown allocation \"{id}\""),
            (false, ["client", "fs", "logs", var id]) => Logs(id, uri),
            (true, ["client", "allocation", var id, "restart"]) => Restart(id, Parse(body)),
            (false, ["client", "allocation", var id, "exec"]) => Exec(id, request),
            (false, ["var", .. var name]) => Found(_servers.Variables[string.Join('/', name)], "variable not found"),
            (true, ["var", .. var name]) => PutVariable(string.Join('/', name), uri, Parse(body)),
            _ => Answer(HttpStatusCode.NotFound, ""),
        };
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Query(Uri uri, string name) =>
        uri.Query.TrimStart('?').Split('&').Select(p => p.Split('=', 2)).FirstOrDefault(p => p[0] == name)
            is [_, var value]
            ? Uri.UnescapeDataString(value)
            : null;

    private HttpResponseMessage Found(JsonNode? node, string missing) =>
        node is null ? Answer(HttpStatusCode.NotFound, missing) : Json(node);

    private HttpResponseMessage Json(JsonNode? node) =>
        Answer(HttpStatusCode.OK, node?.ToJsonString() ?? "null", "application/json");

    private HttpResponseMessage Answer(HttpStatusCode status, string body, string type = "text/plain")
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
        answer.Headers.Add("X-Nomad-Index", FormattableString.Invariant($"{_servers.Index}"));
        answer.Headers.Add("X-Nomad-KnownLeader", "true");
        answer.Headers.Date = _time.GetUtcNow();
        return answer;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _gate.Dispose();
        base.Dispose(disposing);
    }
}
