using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ErpInstaller.Core.Assets;
using ErpInstaller.Rehearsal;

namespace ErpInstaller.Tests.Outside.Nomad;

/// <summary>
/// The simulated Nomad answers with the same members as the recorded one. <see cref="RealNomadContractTests"/> asks a
/// real agent the same.
/// </summary>
public class NomadContractTests : IDisposable
{
    // The keys in these are data, not members: names of groups, tasks, drivers, dimensions.
    private static readonly string[] Maps =
    [
        "TaskGroups",
        "DesiredTGUpdates",
        "TaskStates",
        "Tasks",
        "TaskLifecycles",
        "TaskResources",
        "QueuedAllocations",
        "Summary",
        "Updates",
        "Attributes",
        "Drivers",
        "Details",
        "Items",
        "DimensionExhausted",
        "NodesAvailable",
        "FailedTGAllocs",
        "ResourcesExhausted",
        "Env",
        "Meta",
        "Config",
    ];

    private readonly HttpClient _http;
    private readonly string _job = $"contract-{Guid.NewGuid():N}";

    public NomadContractTests()
        : this(
            new HttpClient(new RehearsedNomad(new AssetSource(), TimeProvider.System))
            {
                BaseAddress = new Uri("http://rehearsal"),
            }
        ) { }

    protected NomadContractTests(HttpClient http) => _http = http;

    [Theory]
    [InlineData("/v1/agent/self", "agent-self")]
    [InlineData("/v1/status/leader", "status-leader")]
    [InlineData("/v1/nodes?resources=true", "nodes-resources")]
    [InlineData("/v1/namespaces", "namespaces")]
    public async Task The_cluster_answers_as_recorded(string path, string recording) =>
        AssertShape(recording, await GetAsync(path));

    [Fact]
    public async Task A_node_answers_as_recorded()
    {
        var id = (await GetAsync("/v1/nodes"))!.AsArray()[0]!["ID"]!.GetValue<string>();

        AssertShape("node", await GetAsync($"/v1/node/{id}"));
    }

    [Fact]
    public async Task A_new_job_is_planned_registered_and_followed_as_recorded()
    {
        AssertShape("validate-ok", await PutAsync("/v1/validate/job", new JsonObject { ["Job"] = Job() }));
        var plan = await PutAsync($"/v1/job/{_job}/plan", new JsonObject { ["Job"] = Job(), ["Diff"] = true });
        var registered = await PutAsync("/v1/jobs", Submission(Job(), 0));

        Assert.Equal(1, plan["Annotations"]!["DesiredTGUpdates"]!["web"]!["Place"]!.GetValue<int>());
        Assert.Equal("Added", plan["Diff"]!["Type"]!.GetValue<string>());
        AssertShape("register-new", registered);
        var evaluation = await WaitAsync($"/v1/evaluation/{registered["EvalID"]}", e =>
            e["Status"]!.GetValue<string>() != "pending"
        );
        AssertShape("evaluation-complete", evaluation);
        var deployment = $"/v1/deployment/{evaluation["DeploymentID"]}";
        AssertShape("deployment-running", await GetAsync(deployment));
        AssertShape("job", await GetAsync($"/v1/job/{_job}"));
    }

    [Fact]
    public async Task A_service_becomes_healthy_and_its_deployment_successful_as_recorded()
    {
        var registered = await PutAsync("/v1/jobs", Submission(Job(), 0));
        var evaluation = await WaitAsync($"/v1/evaluation/{registered["EvalID"]}", e =>
            e["Status"]!.GetValue<string>() != "pending"
        );

        var deployment = await WaitAsync($"/v1/deployment/{evaluation["DeploymentID"]}", d =>
            d["Status"]!.GetValue<string>() != "running"
        );

        Assert.Equal("successful", deployment["Status"]!.GetValue<string>());
        AssertShape("deployment-successful", deployment);
        var allocations = (await GetAsync($"/v1/job/{_job}/allocations"))!.AsArray();
        AssertShape("job-allocations", allocations);
        Assert.True(allocations[0]!["DeploymentStatus"]!["Healthy"]!.GetValue<bool>());
        var allocation = await GetAsync($"/v1/allocation/{allocations[0]!["ID"]}");
        allocation!["Job"] = null;
        var recorded = Recording.Body("allocation-running-web");
        recorded["Job"] = null;
        AssertSubset(recorded, allocation);
    }

    [Fact]
    public async Task The_same_job_again_changes_nothing()
    {
        await PutAsync("/v1/jobs", Submission(Job(), 0));
        var before = await GetAsync($"/v1/job/{_job}");

        var plan = await PutAsync($"/v1/job/{_job}/plan", new JsonObject { ["Job"] = Job(), ["Diff"] = true });
        var again = await PutAsync("/v1/jobs", Submission(Job(), before!["JobModifyIndex"]!.GetValue<long>()));

        Assert.Equal("None", plan["Diff"]!["Type"]!.GetValue<string>());
        AssertShape("register-unchanged", again);
        Assert.Equal(before["JobModifyIndex"]!.GetValue<long>(), again["JobModifyIndex"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_changed_task_is_made_anew_and_the_plan_says_which_field()
    {
        var registered = await PutAsync("/v1/jobs", Submission(Job(), 0));
        await WaitAsync($"/v1/evaluation/{registered["EvalID"]}", e => e["Status"]!.GetValue<string>() != "pending");
        var changed = Job();
        changed["TaskGroups"]![0]!["Tasks"]![0]!["Env"]!["V"] = "2";

        var plan = await PutAsync($"/v1/job/{_job}/plan", new JsonObject { ["Job"] = changed, ["Diff"] = true });

        Assert.Equal(1, plan["Annotations"]!["DesiredTGUpdates"]!["web"]!["DestructiveUpdate"]!.GetValue<int>());
        var field = plan["Diff"]!["TaskGroups"]![0]!["Tasks"]![0]!["Fields"]![0]!;
        Assert.Equal(
            ("Env[V]", "1", "2", "Edited"),
            (
                field["Name"]!.GetValue<string>(),
                field["Old"]!.GetValue<string>(),
                field["New"]!.GetValue<string>(),
                field["Type"]!.GetValue<string>()
            )
        );
        AssertSubset(plan, Recording.Body("plan-changed-web"));
    }

    [Theory]
    [InlineData("GET", "/v1/job/nope", null, "error-unknown-job")]
    [InlineData("GET", "/v1/node/11111111-2222-3333-4444-555555555555", null, "error-unknown-node")]
    [InlineData("GET", "/v1/evaluation/11111111-2222-3333-4444-555555555555", null, "error-unknown-eval")]
    [InlineData("GET", "/v1/evaluation/zzz", null, "error-unknown-eval-badid")]
    [InlineData("GET", "/v1/deployment/11111111-2222-3333-4444-555555555555", null, "error-unknown-deployment")]
    [InlineData("GET", "/v1/allocation/11111111-2222-3333-4444-555555555555", null, "error-unknown-alloc")]
    [InlineData("PUT", "/v1/jobs", "{}", "error-no-job")]
    [InlineData("PUT", "/v1/jobs", "{\"Job\":", "error-bad-json")]
    [InlineData("PUT", "/v1/validate/job", "{}", "error-validate-no-job")]
    [InlineData(
        "PUT",
        "/v1/job/other/plan",
        "{\"Job\":{\"ID\":\"survey-erp\",\"TaskGroups\":[]}}",
        "error-plan-id-mismatch"
    )]
    [InlineData("PATCH", "/v1/jobs", null, "error-method")]
    public async Task Errors_are_answered_as_recorded(string method, string path, string? body, string recording)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };

        using var answer = await _http.SendAsync(request);

        var recorded = Recording.Body(recording);
        Assert.Equal(recorded["_status"]!.GetValue<int>(), (int)answer.StatusCode);
        Assert.Equal(recorded["_body"]!.GetValue<string>(), await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_job_is_not_registered_over_one_that_changed_meanwhile()
    {
        await PutAsync("/v1/jobs", Submission(Job(), 0));

        using var exists = await SendPutAsync("/v1/jobs", Submission(Job(), 0));
        using var other = await SendPutAsync("/v1/jobs", Submission(Job(), 1));

        Assert.Equal(HttpStatusCode.InternalServerError, exists.StatusCode);
        Assert.Equal(
            Recording.Body("error-register-enforceindex-exists")["_body"]!.GetValue<string>(),
            await exists.Content.ReadAsStringAsync()
        );
        Assert.StartsWith(
            "Enforcing job modify index 1: job exists with conflicting job modify index: ",
            await other.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_variable_is_created_once_and_read_back()
    {
        var path = $"/v1/var/nomad/jobs/{_job}";
        var content = new JsonObject { ["Items"] = new JsonObject { ["db_root_password"] = "x" } };

        using var missing = await _http.GetAsync(path);
        var put = await PutAsync($"{path}?cas=0", content);
        using var again = await SendPutAsync($"{path}?cas=0", content);

        Assert.Equal(
            (HttpStatusCode.NotFound, "variable not found"),
            (missing.StatusCode, await missing.Content.ReadAsStringAsync())
        );
        AssertShape("var-put", put);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        AssertShape("var-get", await GetAsync(path));
    }

    public void Dispose()
    {
        using (_http)
        {
            OnDispose(_http, _job);
        }

        GC.SuppressFinalize(this);
    }

    protected virtual void OnDispose(HttpClient http, string job) { }

    /// <summary>A member that an agent older than the recorded one does not know.</summary>
    protected virtual bool MayLack(string member) => false;

    // A test agent runs the image that it has; ./test names one that does not end by itself.
    protected virtual string Image => "debian:bookworm-local";

    private JsonObject Job() =>
        new()
        {
            ["ID"] = _job,
            ["Name"] = _job,
            ["Type"] = "service",
            ["Datacenters"] = new JsonArray("dc1"),
            ["TaskGroups"] = new JsonArray(
                new JsonObject
                {
                    ["Name"] = "web",
                    ["Count"] = 1,
                    ["Update"] = new JsonObject { ["MinHealthyTime"] = 100_000_000, ["HealthCheck"] = "task_states" },
                    ["Tasks"] = new JsonArray(
                        new JsonObject
                        {
                            ["Name"] = "frontend",
                            ["Driver"] = "docker",
                            ["Config"] = new JsonObject
                            {
                                ["image"] = Image,
                                ["command"] = "/bin/sleep",
                                ["args"] = new JsonArray("600"),
                            },
                            ["Env"] = new JsonObject { ["V"] = "1" },
                            ["Resources"] = new JsonObject { ["CPU"] = 50, ["MemoryMB"] = 32 },
                        }
                    ),
                }
            ),
        };

    private static JsonObject Submission(JsonObject job, long index) =>
        new()
        {
            ["Job"] = job,
            ["EnforceIndex"] = true,
            ["JobModifyIndex"] = index,
        };

    private void AssertShape(string recording, JsonNode? answer) => AssertSubset(Recording.Body(recording), answer);

    // Every member that was recorded with a value must exist with the same kind of value. Further members are no fault.
    private void AssertSubset(JsonNode? expected, JsonNode? answer)
    {
        var found = JsonShape.Of(answer, Maps);
        var missing = JsonShape
            .Of(expected, Maps)
            .Where(l => !found.Contains(l) && !IsOptional(l) && !MayLack(l))
            .ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    // Members that depend on the recorded machine.
    private static bool IsOptional(string line) =>
        line.Contains("Annotations", StringComparison.Ordinal)
        || line.StartsWith("config.", StringComparison.Ordinal)
        || line.StartsWith("stats.", StringComparison.Ordinal)
        || line.Contains("{}", StringComparison.Ordinal) && line.StartsWith("[]", StringComparison.Ordinal)
        || line.Contains("Networks", StringComparison.Ordinal)
        || line.StartsWith("Links", StringComparison.Ordinal)
        || line.StartsWith("Attributes", StringComparison.Ordinal)
        || line.StartsWith("Drivers", StringComparison.Ordinal);

    private async Task<JsonNode?> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {body}");
        return JsonNode.Parse(body);
    }

    private async Task<JsonNode> PutAsync(string path, JsonObject content)
    {
        using var answer = await SendPutAsync(path, content);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {body}");
        return JsonNode.Parse(body)!;
    }

    private async Task<HttpResponseMessage> SendPutAsync(string path, JsonObject content)
    {
        using var body = new StringContent(content.ToJsonString(), Encoding.UTF8, "application/json");
        return await _http.PutAsync(path, body);
    }

    private async Task<JsonNode> WaitAsync(string path, Func<JsonNode, bool> until)
    {
        long index = 0;
        for (var turn = 0; turn < 60; turn++)
        {
            var answer = await _http.GetAsync($"{path}?index={index}&wait=2s");
            var node = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            if (until(node))
            {
                return node;
            }

            index = long.Parse(
                answer.Headers.GetValues("X-Nomad-Index").First(),
                System.Globalization.CultureInfo.InvariantCulture
            );
        }

        throw new TimeoutException($"{path} did not reach the expected state");
    }
}
