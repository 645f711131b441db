using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ErpInstaller.Tests.Deployment.Updating;

/// <summary>One answer of the site.</summary>
/// <param name="At">When it was asked, from the poll's beginning.</param>
/// <param name="Status">HTTP status; 0: there was no answer.</param>
/// <param name="DeadAssets">Assets that the page names and that do not exist.</param>
internal sealed record PolledAnswer(
    TimeSpan At,
    string Path,
    int Status,
    string Body,
    IReadOnlyList<string> DeadAssets
);

/// <summary>
/// Asks a site four times a second for some paths, each time over a new connection as a new visitor does. After a page
/// it asks for all assets that the page names.
/// </summary>
internal sealed partial class SitePoll : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<PolledAnswer> _answers = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client;
    private readonly Task _polls;

    /// <param name="thumbprint">SHA-256 of the site's certificate, the only one that is trusted.</param>
    public SitePoll(string address, string site, string thumbprint, params string[] paths)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, found, _, _) =>
            found?.GetCertHashString(HashAlgorithmName.SHA256) == thumbprint;
        _client = new HttpClient(handler)
        {
            BaseAddress = new Uri($"https://{address}:8443"),
            Timeout = TimeSpan.FromSeconds(10),
        };
        _client.DefaultRequestHeaders.Host = site;
        _polls = Task.WhenAll(paths.Select(PollAsync));
    }

    public IReadOnlyList<PolledAnswer> Answers => [.. _answers];

    /// <summary>The longest time from a request without its page to the next request with it, for any path.</summary>
    public TimeSpan LongestOutage => _answers.GroupBy(a => a.Path).Max(OutageOf);

    /// <summary>Status × how often, for the message of a test that fails.</summary>
    public string Summary =>
        string.Join(
            '\n',
            _answers.GroupBy(a => (a.Path, a.Status)).Select(g => $"{g.Key.Path} {g.Key.Status} × {g.Count()}")
        );

    /// <summary>Waits until each path was asked for so many times more.</summary>
    public async Task WaitAsync(int times)
    {
        var goals = _answers.GroupBy(a => a.Path).ToDictionary(g => g.Key, g => g.Count() + times);
        while (
            _answers.IsEmpty
            || _answers.GroupBy(a => a.Path).Any(g => g.Count() < goals.GetValueOrDefault(g.Key, times))
        )
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _polls;
        _client.Dispose();
        _stop.Dispose();
    }

    private static TimeSpan OutageOf(IEnumerable<PolledAnswer> answers)
    {
        var longest = TimeSpan.Zero;
        TimeSpan? since = null;
        foreach (var answer in answers.OrderBy(a => a.At))
        {
            since = answer.Status == 200 ? Ended(answer.At) : since ?? answer.At;
        }

        return longest;

        TimeSpan? Ended(TimeSpan at)
        {
            longest = at - (since ?? at) > longest ? at - since!.Value : longest;
            return null;
        }
    }

    private async Task PollAsync(string path)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            var at = _clock.Elapsed;
            var (status, body) = await GetAsync(path);
            var dead = new List<string>();
            foreach (var asset in status == 200 ? Asset().Matches(body).Select(m => m.Value).Distinct() : [])
            {
                if ((await GetAsync(asset)).Status != 200)
                {
                    dead.Add(asset);
                }
            }

            _answers.Enqueue(new PolledAnswer(at, path, status, body, dead));
        } while (!_stop.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None));
    }

    private async Task<(int Status, string Body)> GetAsync(string path)
    {
        try
        {
            using var answer = await _client.GetAsync(path);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return (0, e.Message);
        }
    }

    [GeneratedRegex(@"/assets/[\w./-]+\.(js|css)")]
    private static partial Regex Asset();
}
