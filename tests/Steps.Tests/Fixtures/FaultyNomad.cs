using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ErpInstaller.Core.Assets;
using ErpInstaller.Rehearsal;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// Stands in front of a rehearsed Nomad. It counts the requests, denies them or makes them fail, and changes the
/// answers about nodes and logs. Its <see cref="Client"/> makes tasks fail.
/// </summary>
internal sealed class FaultyNomad : DelegatingHandler
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Queue<(HttpStatusCode Status, string Body)> _faults = new();
    private readonly List<(string? Node, string Member, string? Value)> _nodeChanges = [];

    /// <param name="file">The file that keeps the servers' state between runs; null: in memory only.</param>
    /// <param name="pace">How long a blocking query takes.</param>
    /// <param name="atOnce">The number of allocations that advance one stage per blocking query.</param>
    public FaultyNomad(TimeProvider time, string? file = null, TimeSpan pace = default, int atOnce = int.MaxValue)
    {
        Rehearsed = new RehearsedNomad(new AssetSource(), time, file, Client) { Pace = pace, AtOnce = atOnce };
        InnerHandler = Rehearsed;
    }

    /// <summary>The rehearsed Nomad behind it.</summary>
    public RehearsedNomad Rehearsed { get; }

    /// <summary>Runs the tasks.</summary>
    public FaultyClient Client { get; } = new();

    /// <inheritdoc cref="FaultyClient.Failures"/>
    public Dictionary<string, TaskFailure> Failures => Client.Failures;

    /// <summary>False: the client collects no logs.</summary>
    public bool KeepsLogs { get; set; } = true;

    /// <summary>Requests (as <c>PUT /v1/jobs</c>) that the token does not allow; null: it allows all.</summary>
    public Func<string, bool>? Deny { get; set; }

    /// <summary>Job id → a version that another user registers just before it is registered, or null.</summary>
    public Func<string, JsonObject?>? BeforeRegister { get; set; }

    /// <summary>Called before each blocking query is answered.</summary>
    public Action? OnFollowing { get; set; }

    /// <summary>The requests so far, as <c>PUT /v1/jobs</c>.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>
    /// Sets the answer to the next request. Several calls set the answers to several requests, in order.
    /// </summary>
    public void FailNext(HttpStatusCode status, string body) => _faults.Enqueue((status, body));

    /// <summary>Changes a member of a node, or one of its attributes (those with a dot).</summary>
    /// <param name="value">Null removes the member.</param>
    /// <param name="node">The name of a further node; null: the recorded one.</param>
    public void ChangeNode(string member, string? value, string? node = null) =>
        _nodeChanges.Add((node, member, value));

    /// <inheritdoc cref="RehearsedNomad.Variable"/>
    public string? Variable(string path, string item) => Rehearsed.Variable(path, item);

    /// <summary>The number of containers of the group whose desired state is to run, and that run.</summary>
    public int Running(string job, string group)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://rehearsal/v1/job/{job}/allocations");
        using var answer = base.SendAsync(request, CancellationToken.None).GetAwaiter().GetResult();
        return Parse(answer)
            .AsArray()
            .Count(a =>
                a!["TaskGroup"]!.GetValue<string>() == group
                && a["ClientStatus"]!.GetValue<string>() == "running"
                && a["DesiredStatus"]!.GetValue<string>() == "run"
            );
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var path = request.RequestUri!.AbsolutePath;
            Requests.Add($"{request.Method} {path}");
            if (request.RequestUri.Query.Contains("index=", StringComparison.Ordinal))
            {
                OnFollowing?.Invoke();
            }

            if (_faults.TryDequeue(out var fault))
            {
                return new HttpResponseMessage(fault.Status) { Content = new StringContent(fault.Body) };
            }

            if (Deny?.Invoke(Requests[^1]) == true)
            {
                // As a real agent does: the client's endpoint for logs has another status.
                var isLog = path.StartsWith("/v1/client/fs/logs/", StringComparison.Ordinal);
                return new HttpResponseMessage(isLog ? HttpStatusCode.InternalServerError : HttpStatusCode.Forbidden)
                {
                    Content = new StringContent("Permission denied"),
                };
            }

            if (Requests[^1] == "PUT /v1/jobs")
            {
                await RegisterOtherAsync(request, cancellationToken);
            }

            return Change(path, await base.SendAsync(request, cancellationToken));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _gate.Dispose();
        base.Dispose(disposing);
    }

    private async Task RegisterOtherAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellation));
        if (BeforeRegister?.Invoke(body!["Job"]!["ID"]!.GetValue<string>()) is { } other)
        {
            using var first = new HttpRequestMessage(HttpMethod.Put, request.RequestUri)
            {
                Content = new StringContent(new JsonObject { ["Job"] = other }.ToJsonString()),
            };
            using var answer = await base.SendAsync(first, cancellation);
            answer.EnsureSuccessStatusCode();
        }
    }

    private HttpResponseMessage Change(string path, HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            return answer;
        }

        if (!KeepsLogs && path.StartsWith("/v1/client/fs/logs/", StringComparison.Ordinal))
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound)
            {
                Content = new StringContent("log entry for task \"task\" and log type \"stdout\" not found"),
            };
        }

        if (_nodeChanges.Count > 0 && path.Split('/') is [_, "v1", "nodes"] or [_, "v1", "node", _])
        {
            var nodes = Parse(answer);
            foreach (var node in nodes is JsonArray all ? all.Select(n => n!.AsObject()) : [nodes.AsObject()])
            {
                ChangeMembers(node);
            }

            answer.Content = new StringContent(nodes.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return answer;
    }

    private void ChangeMembers(JsonObject node)
    {
        var further = Rehearsed.MoreNodes.Find(n => n.Id == node["ID"]!.GetValue<string>());
        foreach (var (_, member, value) in _nodeChanges.Where(c => c.Node == further?.Name))
        {
            var owner = member.Contains('.', StringComparison.Ordinal) ? node["Attributes"] as JsonObject : node;
            owner?.Remove(member);
            if (value is not null)
            {
                owner?.Add(member, value);
            }
        }
    }

    private static JsonNode Parse(HttpResponseMessage answer)
    {
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return JsonNode.Parse(reader.ReadToEnd())!;
    }
}
