namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// Notes when the first variable or job was written: from then on a run waits, and its time may pass.
/// </summary>
internal sealed class RegistrationWatch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile bool _seen;

    public bool Seen
    {
        get => _seen;
        set => _seen = value;
    }

    /// <summary>So many answers to a registration are lost on the way: Nomad did what it was told.</summary>
    public int AnswersToLose { get; set; }

    /// <summary>
    /// A secret is written. (The host check for permissions tries it on the job's own variable, which no secret is in.)
    /// </summary>
    public static bool WritesVariable(HttpRequestMessage request) =>
        request.Method == HttpMethod.Put
        && request.RequestUri!.AbsolutePath is var path
        && path.StartsWith("/v1/var/", StringComparison.Ordinal)
        && path != "/v1/var/nomad/jobs/erpnext";

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var registers = request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath == "/v1/jobs";
        _seen |= registers || WritesVariable(request);
        var answer = await base.SendAsync(request, cancellationToken);
        if (registers && AnswersToLose-- > 0)
        {
            answer.Dispose();
            throw new HttpRequestException("Connection reset by peer");
        }

        return answer;
    }
}
