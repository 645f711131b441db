using System.Net;
using System.Net.Sockets;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>A rehearsed Nomad on a loopback port, for the real program and its real HTTP client.</summary>
internal sealed class RehearsedNomadServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpMessageInvoker _nomad;

    public RehearsedNomadServer()
    {
        Nomad = new FaultyNomad(TimeProvider.System, pace: TimeSpan.FromMilliseconds(20));
        _nomad = new HttpMessageInvoker(Nomad);
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        Serving = ServeAsync();
    }

    /// <summary>For NOMAD_ADDR.</summary>
    public Uri Address { get; }

    /// <summary>The Nomad that it serves.</summary>
    public FaultyNomad Nomad { get; }

    /// <summary>Ends when it is disposed of.</summary>
    public Task Serving { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Close();
        _nomad.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            // A blocking query must not keep others waiting for their turn to be read.
            _ = AnswerAsync(call);
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(call.Request.HttpMethod), call.Request.Url);
            if (call.Request.Headers["X-Nomad-Token"] is { } token)
            {
                request.Headers.Add("X-Nomad-Token", token);
            }

            using var reader = new StreamReader(call.Request.InputStream);
            request.Content = call.Request.HasEntityBody ? new StringContent(await reader.ReadToEndAsync()) : null;
            using var answer = await _nomad.SendAsync(request, CancellationToken.None);
            call.Response.StatusCode = (int)answer.StatusCode;
            call.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            foreach (
                var (name, values) in answer.Headers.Where(h => h.Key.StartsWith("X-Nomad", StringComparison.Ordinal))
            )
            {
                call.Response.Headers[name] = string.Join(',', values);
            }

            await answer.Content.CopyToAsync(call.Response.OutputStream);
            call.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client has disconnected: its run was ended.
            call.Response.Abort();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
