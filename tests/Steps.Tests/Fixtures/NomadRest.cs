using System.Text;
using System.Text.Json.Nodes;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>A real agent's HTTP API, for requests that the installer itself never sends.</summary>
internal sealed class NomadRest : IDisposable
{
    private readonly HttpClient _http;

    private NomadRest(string address, string? token)
    {
        _http = new HttpClient { BaseAddress = new Uri(address) };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Add("X-Nomad-Token", token);
        }
    }

    /// <summary>Where it is.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>The agent that NOMAD_ADDR names; the running test is skipped when there is none.</summary>
    public static NomadRest Require() =>
        new(
            TestSetup.Require("NOMAD_ADDR", "needs a real Nomad agent: NOMAD_ADDR is not set"),
            TestSetup.Read("NOMAD_TOKEN")
        );

    /// <summary>
    /// An agent with ACLs and a management token of it; the running test is skipped when there is none.
    /// </summary>
    public static NomadRest RequireAcl()
    {
        const string reason =
            "needs a real Nomad agent with ACLs: ERP_TEST_NOMAD_ACL_ADDR and ERP_TEST_NOMAD_ACL_TOKEN are not set";
        return new NomadRest(
            TestSetup.Require("ERP_TEST_NOMAD_ACL_ADDR", reason),
            TestSetup.Require("ERP_TEST_NOMAD_ACL_TOKEN", reason)
        );
    }

    /// <summary>The server of two nodes; the running test is skipped when there is none.</summary>
    public static NomadRest RequireCluster() =>
        new(
            TestSetup.Require(
                "ERP_TEST_CLUSTER_ADDR",
                "needs a real cluster, which ./test makes as root where ERP_TEST_NOMAD_BINARY names a Nomad"
            ),
            token: null
        );

    /// <summary>Sends JSON and returns the answer; an error status throws with the answer's text.</summary>
    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonNode? content = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (content is not null)
        {
            request.Content = new StringContent(content.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
