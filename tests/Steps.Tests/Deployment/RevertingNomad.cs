using System.Text;
using System.Text.Json.Nodes;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// Reverts the application job to its previous version during the deployment of the new one. That deployment ends with
/// the given status and description; the newest deployment, of the old version, becomes successful.
/// </summary>
internal sealed class RevertingNomad(string status, string words) : DelegatingHandler
{
    private const string Application = "erpnext";

    private JsonNode? _before;
    private string? _ended;

    /// <summary>False: versions stay.</summary>
    public bool Reverts { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var path = request.RequestUri!.AbsolutePath;
        if (
            Reverts
            && _before is null
            && request.Method == HttpMethod.Put
            && path == "/v1/jobs"
            && (await BodyOf(request.Content!))["Job"]!["ID"]!.GetValue<string>() == Application
        )
        {
            _before = await BodyOf(
                (
                    await SendAsync(HttpMethod.Get, $"/v1/job/{Application}", content: null, request, cancellationToken)
                ).Content
            );
        }

        if (_before is not null && _ended is null && path.StartsWith("/v1/deployment/", StringComparison.Ordinal))
        {
            _ended = path;
            await SendAsync(
                HttpMethod.Put,
                "/v1/jobs",
                new JsonObject { ["Job"] = _before.DeepClone() },
                request,
                cancellationToken
            );
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (path == _ended)
        {
            var deployment = await BodyOf(answer.Content);
            (deployment["Status"], deployment["StatusDescription"]) = (status, words);
            answer.Content = new StringContent(deployment.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return answer;
    }

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        JsonObject? content,
        HttpRequestMessage like,
        CancellationToken cancellation
    ) =>
        base.SendAsync(
            new HttpRequestMessage(method, new Uri(like.RequestUri!, path))
            {
                Content = content is null ? null : new StringContent(content.ToJsonString()),
            },
            cancellation
        );

    private static async Task<JsonNode> BodyOf(HttpContent content) =>
        JsonNode.Parse(await content.ReadAsStringAsync())!;
}
