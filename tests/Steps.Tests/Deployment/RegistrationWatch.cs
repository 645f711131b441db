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

    /// <summary>So many answers to a registration are lost on the way: Nomad did what it was told.</summary>
    public int AnswersToLose { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var registers = request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath == "/v1/jobs";
        _seen |= registers;
        var answer = await base.SendAsync(request, cancellationToken);
        if (registers && AnswersToLose-- > 0)
        {
            answer.Dispose();
            throw new HttpRequestException("Connection reset by peer");
        }

        return answer;
    }
}
