using System.Text;
using System.Text.Json.Nodes;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// The deployment and the list of allocations are of different moments: a deployment appears only after a list was
/// read, and already counts all containers as healthy.
/// </summary>
internal sealed class DeploymentsAhead : DelegatingHandler
{
    private readonly TaskCompletionSource _listed = new();
    private volatile bool _isAsked;
    private int _lists;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var path = request.RequestUri!.AbsolutePath;
        if (!path.StartsWith("/v1/deployment/", StringComparison.Ordinal))
        {
            if (
                _isAsked
                && path.EndsWith("/allocations", StringComparison.Ordinal)
                && Interlocked.Increment(ref _lists) == 2
            )
            {
                // The first list was read.
                _listed.SetResult();
            }

            return await base.SendAsync(request, cancellationToken);
        }

        _isAsked = true;
        await _listed.Task.WaitAsync(cancellationToken);
        var answer = await base.SendAsync(request, cancellationToken);
        var deployment = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
        foreach (var (_, group) in deployment["TaskGroups"]!.AsObject())
        {
            group!["HealthyAllocs"] = group["DesiredTotal"]!.GetValue<int>();
        }

        answer.Content = new StringContent(deployment.ToJsonString(), Encoding.UTF8, "application/json");
        return answer;
    }
}
