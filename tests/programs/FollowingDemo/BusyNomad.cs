using System.Text;
using System.Text.Json.Nodes;

namespace ErpInstaller.FollowingDemo;

/// <summary>
/// Makes the rehearsed Nomad wait like a real one: a blocking query is answered after a change or at the end of its
/// wait. In the application's job one container after another has an event, and none becomes healthy.
/// </summary>
/// <param name="job">Id of the application's job.</param>
/// <param name="between">Time between two events.</param>
/// <param name="longest">How long a blocking query without a change waits.</param>
internal sealed class BusyNomad(HttpMessageHandler nomad, string job, TimeSpan between, TimeSpan longest)
    : DelegatingHandler(nomad)
{
    // Received, set up, started: the rehearsed Nomad sends these events itself.
    private const int OwnEvents = 3;

    private int _events;

    /// <summary>Requests since following of the application's job began.</summary>
    public int Requests { get; private set; }

    /// <summary>Called once, when following the application's job begins.</summary>
    public required Action OnFollowing { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var uri = request.RequestUri!;
        var allocations = uri.AbsolutePath == $"/v1/job/{job}/allocations";
        var blocks = uri.Query.Contains("index=", StringComparison.Ordinal);
        if (Requests == 0 && !(allocations && blocks))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (Requests++ == 0)
        {
            OnFollowing();
        }

        if (blocks)
        {
            await Task.Delay(allocations ? between : longest, cancellationToken);
            if (!allocations || _events >= OwnEvents)
            {
                request.RequestUri = new Uri(uri.GetLeftPart(UriPartial.Path));
            }
        }

        var answer = await base.SendAsync(request, cancellationToken);
        return allocations ? await HappenAsync(answer, cancellationToken) : answer;
    }

    private async Task<HttpResponseMessage> HappenAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var rows = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!.AsArray();
        var running = rows.Select(r => r!["TaskStates"]!.AsObject().First().Value!["Events"]!.AsArray()).ToList();
        if (++_events > OwnEvents && running.Count > 0)
        {
            var last = running[_events % running.Count][^1]!;
            var news = $"Health check {_events} of this container did not pass";
            last["Message"] = news;
            last["DisplayMessage"] = news;
        }

        var index = long.Parse(
            answer.Headers.GetValues("X-Nomad-Index").Single(),
            System.Globalization.CultureInfo.InvariantCulture
        );
        answer.Headers.Remove("X-Nomad-Index");
        answer.Headers.Add("X-Nomad-Index", FormattableString.Invariant($"{index + _events}"));
        answer.Content = new StringContent(rows.ToJsonString(), Encoding.UTF8, "application/json");
        return answer;
    }
}
