namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// Records when the first Variable or job was written. From then on a run waits, and time may pass.
/// </summary>
internal sealed class RegistrationWatch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile bool _seen;

    public bool Seen
    {
        get => _seen;
        set => _seen = value;
    }

    /// <summary>The number of registrations whose answer is lost although Nomad carried them out.</summary>
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
