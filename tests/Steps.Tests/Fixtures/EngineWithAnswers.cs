using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>Answers a Docker engine's API with fixed texts, for engines that are not available here.</summary>
internal sealed class EngineWithAnswers : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    /// <param name="answers">The end of a path, and the JSON that it gives; all other paths give 404.</param>
    public EngineWithAnswers(params (string Path, string Json)[] answers)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"tcp://{free.LocalEndpoint}");
        }

        _listener.Prefixes.Add($"http://{Address.Authority}/");
        _listener.Start();
        _serving = ServeAsync(answers);
    }

    /// <summary>For DOCKER_HOST.</summary>
    public Uri Address { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync((string Path, string Json)[] answers)
    {
        try
        {
            while (true)
            {
                var request = await _listener.GetContextAsync();
                var path = request.Request.Url!.AbsolutePath;
                var found = answers.FirstOrDefault(a => path.EndsWith(a.Path, StringComparison.Ordinal)).Json;
                request.Response.StatusCode = found is null ? 404 : 200;
                request.Response.ContentType = "application/json";
                var body = Encoding.UTF8.GetBytes(found ?? """{"message": "page not found"}""");
                request.Response.Close(body, willBlock: false);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
