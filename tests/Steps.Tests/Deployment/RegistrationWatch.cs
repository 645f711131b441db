namespace ErpInstaller.Tests.Deployment;

/// <summary>Notes when the first job was registered: from then on a run waits, and its time may pass.</summary>
internal sealed class RegistrationWatch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile bool _seen;

    public bool Seen
    {
        get => _seen;
        set => _seen = value;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _seen |= request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath == "/v1/jobs";
        return base.SendAsync(request, cancellationToken);
    }
}
