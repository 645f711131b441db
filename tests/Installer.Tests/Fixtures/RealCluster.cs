using System.Text.Json.Nodes;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// The two nodes that <c>./test</c> creates if ERP_TEST_NOMAD_BINARY names a Nomad: node-a, the entry node, and node-b.
/// </summary>
internal sealed class RealCluster : IDisposable
{
    private readonly NomadRest _rest = NomadRest.RequireCluster();

    /// <summary>The address of its server.</summary>
    public Uri Address => _rest.Address;

    /// <summary>The allocations of a job that should run, with their nodes and restarts.</summary>
    public async Task<IReadOnlyList<Placed>> AllocationsAsync(string job) =>
        [
            .. (await _rest.SendAsync(HttpMethod.Get, $"/v1/job/{job}/allocations"))!
                .AsArray()
                .Select(a => a!)
                .Where(a =>
                    a["DesiredStatus"]!.GetValue<string>() == "run"
                    && a["ClientStatus"]!.GetValue<string>() == "running"
                )
                .Select(a => new Placed(
                    a["ID"]!.GetValue<string>(),
                    a["TaskGroup"]!.GetValue<string>(),
                    a["NodeName"]!.GetValue<string>(),
                    a["TaskStates"]!.AsObject().Sum(t => t.Value!["Restarts"]!.GetValue<int>())
                )),
        ];

    /// <summary>Address and port of each instance of a service.</summary>
    public async Task<IReadOnlyList<string>> ServiceAsync(string name) =>
        [
            .. (await _rest.SendAsync(HttpMethod.Get, $"/v1/service/{name}"))!
                .AsArray()
                .Select(s => $"{s!["Address"]}:{s["Port"]}"),
        ];

    /// <summary>Stops an allocation, so that Nomad replaces it.</summary>
    public Task<JsonNode?> StopAsync(Placed allocation) =>
        _rest.SendAsync(HttpMethod.Put, $"/v1/allocation/{allocation.Id}/stop");

    /// <summary>Stops the three jobs of an installation, because the next one needs the ports.</summary>
    public async Task RemoveAsync(string job)
    {
        foreach (var id in new[] { job, $"{job}-init", $"{job}-data" })
        {
            await _rest.SendAsync(HttpMethod.Delete, $"/v1/job/{id}?purge=true");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rest.Dispose();
}

/// <summary>A running allocation.</summary>
internal sealed record Placed(string Id, string Group, string Node, int Restarts);
