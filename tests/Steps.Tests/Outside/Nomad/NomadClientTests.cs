using System.Net;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Tests.Deployment;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Nomad;

/// <summary>The client over a real connection: how it handles Nomad's answers.</summary>
public sealed class NomadClientTests : IDisposable
{
    private readonly RehearsedNomadServer _server = new();
    private readonly NomadClient _client;

    public NomadClientTests()
    {
        var connection = new NomadConnection { Address = _server.Address };
        _client = new NomadClient(connection, connection.CreateHandler());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_Nomad_that_is_not_installed_is_not_searched_among_the_services()
    {
        var here = new Uri("http://127.0.0.1:4646");

        Assert.StartsWith(
            "Nomad is not installed on this host: https://",
            NomadUnreachable.HintFor(here, installed: false),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "systemctl status nomad",
            NomadUnreachable.HintFor(here, installed: true),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "systemctl status nomad",
            NomadUnreachable.HintFor(new Uri("http://192.0.2.1:4646"), installed: false),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("No cluster leader")]
    [InlineData("rpc error: No cluster leader")]
    [InlineData("rpc error: failed to get conn: dial tcp 127.0.0.1:4647: connect: connection refused")]
    public async Task Servers_without_a_leader_are_a_matter_of_time(string said)
    {
        _server.Nomad.FailNext(HttpStatusCode.InternalServerError, said);

        await Assert.ThrowsAsync<NomadUnreachable>(() => _client.FindJobAsync("erpnext", Cancellation));
    }

    [Fact]
    public async Task A_server_error_of_Nomad_is_retried()
    {
        _server.Nomad.FailNext(HttpStatusCode.InternalServerError, "rpc error: state store is being restored");

        await Assert.ThrowsAsync<NomadUnreachable>(() =>
            _client.GetAllocationsAsync("erpnext", index: null, Cancellation)
        );
    }

    [Fact]
    public async Task An_unknown_region_is_reported_with_its_key()
    {
        _server.Nomad.FailNext(HttpStatusCode.InternalServerError, "No path to region");

        var error = await Assert.ThrowsAsync<NomadUnreachable>(() => _client.ListNodesAsync(Cancellation));

        Assert.Contains("nomad.region", error.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_nodes_of_one_name_are_told_apart_by_their_ids()
    {
        _server.Nomad.FailNext(
            HttpStatusCode.OK,
            """[{"ID":"0a","Name":"erp-1"},{"ID":"0b","Name":"erp-1"},{"ID":"0c","Name":"erp-2"}]"""
        );

        var error = await Assert.ThrowsAsync<NomadNodeUnknown>(() => _client.ResolveNodeAsync("erp-1", Cancellation));

        Assert.Equal("2 nodes have the name erp-1", error.Message);
        Assert.Equal("Give the id instead, in nomad.node: \"0a\" (or 0b)", error.Hint);
    }

    [Fact]
    public async Task A_token_in_a_file_is_read_anew_for_every_request()
    {
        var tokens = new Queue<string>(["first", "second"]);
        using var recorder = new TokenRecorder();
        using var client = new NomadClient(
            new NomadConnection { Address = _server.Address, ReadToken = tokens.Dequeue },
            recorder
        );

        await client.FindJobAsync("erpnext", Cancellation);
        await client.FindJobAsync("erpnext", Cancellation);

        Assert.Equal(["first", "second"], recorder.Tokens);
    }

    [Fact]
    public async Task A_fault_of_a_job_is_reported_through_a_follower_too()
    {
        _server.Nomad.FailNext(
            HttpStatusCode.InternalServerError,
            "rpc error: 1 error occurred:\n\t* Task group database validation failed: 1 error occurred:\n\t* minimum "
                + "MemoryMB value is 10; got 5\n\n"
        );

        var error = await Assert.ThrowsAsync<NomadRefused>(() =>
            _client.PlanAsync(JobJson.Render(JobCases.Build(JobCases.Default).Data), Cancellation)
        );

        Assert.EndsWith(
            "Task group database validation failed: minimum MemoryMB value is 10; got 5",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_job_registered_over_HTTP_is_read_back_and_comes_to_run()
    {
        var job = JobCases.Build(JobCases.Default).Data;
        var registered = await _client.RegisterAsync(JobJson.Render(job), 0, JobHcl.Render(job), Cancellation);

        var evaluation = (await _client.GetEvaluationAsync(registered.EvalID, index: null, Cancellation)).Value!;
        var deployment = await _client.GetDeploymentAsync(evaluation.DeploymentID!, index: null, Cancellation);
        for (var turn = 0; turn < 20 && deployment.Value!.Status == "running"; turn++)
        {
            deployment = await _client.GetDeploymentAsync(evaluation.DeploymentID!, deployment.Index, Cancellation);
        }

        Assert.Equal("successful", deployment.Value!.Status);
        Assert.Equal(deployment.Value.ID, (await _client.FindNewestDeploymentAsync(job.Id, Cancellation))!.ID);
        Assert.Null(await _client.FindJobAsync("another", Cancellation));
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private sealed class TokenRecorder : HttpMessageHandler
    {
        public List<string> Tokens { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Tokens.AddRange(request.Headers.GetValues("X-Nomad-Token"));
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("job not found") }
            );
        }
    }
}
