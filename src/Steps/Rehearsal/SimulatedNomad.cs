using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ErpInstaller.Core.Assets;
using ErpInstaller.Deployment.ErpNext;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// A Nomad that answers over HTTP as the recorded one does and runs nothing. Time passes with every blocking query: each
/// lets the allocations at work go one stage on. The product's own client talks to it, so a rehearsal exercises the same
/// code as an installation.
/// </summary>
public sealed partial class SimulatedNomad : HttpMessageHandler
{
    private readonly SimulatedCluster _cluster;
    private readonly NomadTemplates _templates;
    private readonly TimeProvider _time;
    private readonly SimulatedLogs _logs = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Queue<(HttpStatusCode Status, string Body)> _faults = new();

    /// <param name="assets">Has the recorded answers.</param>
    /// <param name="time">Stamps events and paces blocking queries.</param>
    /// <param name="file">Where the cluster is kept from one run to the next; null: in memory only.</param>
    public SimulatedNomad(AssetSource assets, TimeProvider time, string? file = null)
    {
        _templates = new NomadTemplates(assets);
        _time = time;
        _cluster = new SimulatedCluster(file);
    }

    /// <summary>How long a blocking query takes; zero lets a test run as fast as it can.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.Zero;

    /// <summary>How many allocations go one stage on with a blocking query: those first that have stood longest.</summary>
    public int AtOnce { get; init; } = int.MaxValue;

    /// <summary>The token that every call must bring; null: ACLs are off.</summary>
    public string? Token { get; init; }

    /// <summary>An ended allocation is removed with its logs at once, as on a disk that is over 80 % full.</summary>
    public bool CollectsAtOnce { get; set; }

    /// <summary>False: the client collects no logs.</summary>
    public bool KeepsLogs { get; set; } = true;

    /// <summary>False: no node has room for a new version's container beside the old one's.</summary>
    public bool HasRoomForCanaries { get; set; } = true;

    /// <summary>Group → what goes wrong with it.</summary>
    public Dictionary<string, SimulatedFailure> Failures { get; } = [];

    /// <summary>Task → what it writes. The look from inside finds nothing wrong.</summary>
    public Dictionary<string, string> Output { get; } = new() { [VerifyJob.Task] = RehearsedVerifyOutput.Good };

    /// <summary>Attributes of the node to replace; null removes one.</summary>
    public Dictionary<string, string?> NodeAttributes { get; } = [];

    /// <summary>The node's name; null: the recorded one.</summary>
    public string? NodeName { get; set; }

    /// <summary>Nodes beside the recorded one, as the recorded one but for what is told here.</summary>
    public List<SimulatedNode> MoreNodes { get; } = [];

    /// <summary>Host volumes of the recorded node.</summary>
    public List<string> HostVolumes { get; } = [];

    /// <summary>Further ones that are written into: name → directory.</summary>
    public Dictionary<string, string> HostDirectories { get; } = [];

    /// <summary>Requests (as <c>PUT /v1/jobs</c>) that the token may not make; null: it may all.</summary>
    public Func<string, bool>? Deny { get; set; }

    /// <summary>Job id → a version that somebody else registers just before it is registered; null: nobody does.</summary>
    public Func<string, JsonObject?>? BeforeRegister { get; set; }

    /// <summary>Called before each blocking query is answered.</summary>
    public Action? OnFollowing { get; set; }

    /// <summary>Requests so far, as <c>PUT /v1/jobs</c>.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The next call is answered so, and the one after it by the next of these, before calls work again.</summary>
    public void FailNext(HttpStatusCode status, string body) => _faults.Enqueue((status, body));

    /// <summary>The value of a variable's item, or null.</summary>
    public string? Variable(string path, string item) => _cluster.Variables[path]?["Items"]?[item]?.GetValue<string>();

    /// <summary>The job is registered and has containers that run.</summary>
    public bool Runs(string job) => _cluster.Jobs[job]?["Status"]?.GetValue<string>() == "running";

    /// <summary>How many containers of the group run and are to run.</summary>
    public int Running(string job, string group) =>
        Current(job, group).Count(a => a["ClientStatus"]!.GetValue<string>() == "running");

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
            var called = $"{request.Method} {request.RequestUri!.AbsolutePath}";
            Requests.Add(called);
            TellFollowing(request.RequestUri);
            if (_faults.TryDequeue(out var fault))
            {
                return Answer(fault.Status, fault.Body);
            }

            if (
                Deny?.Invoke(called) == true
                || Token is not null
                    && !(request.Headers.TryGetValues("X-Nomad-Token", out var tokens) && tokens.Contains(Token))
            )
            {
                return Answer(HttpStatusCode.Forbidden, "Permission denied");
            }

            await BlockAsync(request.RequestUri, cancellationToken);
            var answer = await RouteAsync(request, cancellationToken);
            _cluster.Save();
            return answer;
        }
        finally
        {
            _gate.Release();
        }
    }

    private void TellFollowing(Uri uri)
    {
        if (Query(uri, "index") is not null)
        {
            OnFollowing?.Invoke();
        }
    }

    // A blocking query waits for a change. Here the wait is what makes the change: the allocations go one stage on.
    private async Task BlockAsync(Uri uri, CancellationToken cancellation)
    {
        if (!long.TryParse(Query(uri, "index"), out var known) || known < _cluster.Index)
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
                Namespaces().FirstOrDefault(n => n!["Name"]!.GetValue<string>() == name),
                "Namespace not found"
            ),
            (false, ["jobs"]) => Json(JobList()),
            (true, ["jobs"]) => Register(Parse(body)),
            (true, ["validate", "job"]) => Validate(Parse(body)),
            (true, ["job", var id, "plan"]) => Plan(id, Parse(body)),
            (false, ["job", var id]) => Found(_cluster.Jobs[id], "job not found"),
            (false, ["job", var id, "allocations"]) => Json(JobAllocations(id)),
            (false, ["job", var id, "evaluations"]) => Json(Of(_cluster.Evaluations, id)),
            (false, ["job", var id, "deployments"]) => Json(Of(_cluster.Deployments, id)),
            (false, ["job", var id, "deployment"]) => Json(Of(_cluster.Deployments, id).LastOrDefault()?.DeepClone()),
            (false, ["evaluation", { Length: not 36 }]) => Answer(
                HttpStatusCode.InternalServerError,
                "failed to lookup eval: eval lookup failed: index error: UUID must be 36 characters"
            ),
            (false, ["evaluation", var id]) => Found(_cluster.Evaluations[id], "eval not found"),
            (false, ["deployment", var id]) => Found(_cluster.Deployments[id], "deployment not found"),
            (false, ["allocation", var id]) => Found(Allocation(id), "alloc not found"),
            (false, ["client", "fs", "logs", var id]) => Logs(id, uri),
            (false, ["var", .. var name]) => Found(_cluster.Variables[string.Join('/', name)], "variable not found"),
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
        answer.Headers.Add("X-Nomad-Index", FormattableString.Invariant($"{_cluster.Index}"));
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
