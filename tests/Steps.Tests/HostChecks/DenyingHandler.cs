using System.Net;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>Denies some calls to Nomad, as its ACLs would.</summary>
internal sealed class DenyingHandler(HttpMessageHandler nomad, IReadOnlyList<string> denied, bool withoutLeader = false)
    : HttpMessageHandler
{
    private readonly HttpMessageInvoker _nomad = new(nomad, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var path = request.RequestUri!.AbsolutePath;
        if (denied.Contains($"{request.Method} {path}"))
        {
            return new HttpResponseMessage(HttpStatusCode.Forbidden)
            {
                Content = new StringContent("Permission denied"),
            };
        }

        return withoutLeader && path == "/v1/status/leader"
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("\"\"") }
            : await _nomad.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _nomad.Dispose();
        base.Dispose(disposing);
    }
}
