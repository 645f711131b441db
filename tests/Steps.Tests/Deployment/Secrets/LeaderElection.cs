using System.Net;

namespace ErpInstaller.Tests.Deployment.Secrets;

/// <summary>Servers that elect a leader while variables are written.</summary>
/// <param name="lasts">The number of writes that fail.</param>
/// <param name="isWritten">The old leader wrote the variable and was gone before it could say so.</param>
internal sealed class LeaderElection(int lasts, bool isWritten) : DelegatingHandler
{
    private int _left = lasts;

    /// <summary>The last write that fails is denied, because the new leader does not know the tokens yet.</summary>
    public bool DeniesAtLast { get; init; }

    /// <summary>Variables as they were written, failed writes not among them unless they were done.</summary>
    public List<string> Written { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var writes = RegistrationWatch.WritesVariable(request);
        var fails = writes && _left-- > 0;
        if (fails && !isWritten)
        {
            return DeniesAtLast && _left == 0 ? Denied() : NoLeader();
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (writes && answer.IsSuccessStatusCode)
        {
            Written.Add(request.RequestUri!.AbsolutePath);
        }

        return fails ? NoLeader() : answer;
    }

    private static HttpResponseMessage Denied() =>
        new(HttpStatusCode.Forbidden) { Content = new StringContent("Permission denied") };

    private static HttpResponseMessage NoLeader() =>
        new(HttpStatusCode.InternalServerError) { Content = new StringContent("rpc error: No cluster leader") };
}
