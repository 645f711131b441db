using System.Text.Json.Nodes;

namespace ErpInstaller.Tests.Verification;

/// <summary>
/// Lists every allocation of one group twice, as if an operator had started a second container by hand.
/// </summary>
internal sealed class DoubledGroup(HttpMessageHandler inner, string group) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (!request.RequestUri!.AbsolutePath.EndsWith("/allocations", StringComparison.Ordinal))
        {
            return answer;
        }

        var list = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!.AsArray();
        var headers = answer.Content.Headers.ContentType;
        foreach (
            var allocation in list.Where(a => a!["TaskGroup"]!.GetValue<string>() == group)
                .Select(a => a!.DeepClone())
                .ToList()
        )
        {
            list.Add(allocation);
        }

        answer.Content = new StringContent(list.ToJsonString());
        answer.Content.Headers.ContentType = headers;
        return answer;
    }
}
