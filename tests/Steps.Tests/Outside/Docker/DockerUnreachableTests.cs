using System.Net.Sockets;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Docker;

/// <summary>Each reason why an engine does not answer has its own error.</summary>
public sealed class DockerUnreachableTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Socket => _directory.In("docker.sock");

    private Uri Endpoint => new($"unix://{Socket}");

    [Fact]
    public async Task A_missing_socket_means_not_installed_or_not_running()
    {
        using var engine = new DockerEngine(Endpoint);

        var error = await Assert.ThrowsAsync<DockerUnreachable>(() => engine.GetInfoAsync(default));

        Assert.StartsWith($"{Socket}: Docker is ", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Docker is not installed",
            DockerUnreachable.Explain(Endpoint, error.InnerException!, installed: false).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "does not run",
            DockerUnreachable.Explain(Endpoint, error.InnerException!, installed: true).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_socket_without_a_listener_means_not_running()
    {
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(Socket));
            using var engine = new DockerEngine(Endpoint);

            var error = await Assert.ThrowsAsync<DockerUnreachable>(() => engine.GetInfoAsync(default));

            Assert.Equal("systemctl enable --now docker", error.Hint);
        }
    }

    [Fact]
    public void A_forbidden_socket_means_that_the_group_is_missing()
    {
        var denied = new HttpRequestException("", new SocketException((int)SocketError.AccessDenied));

        var error = DockerUnreachable.Explain(Endpoint, denied);

        Assert.Contains("may not talk to Docker", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("sudo usermod -aG docker ", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_behind_ssh_is_refused_with_a_reason()
    {
        using var engine = new DockerEngine(new Uri("ssh://somewhere"));

        var error = await Assert.ThrowsAsync<DockerUnreachable>(() => engine.GetInfoAsync(default));

        Assert.Contains("ssh", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_can_be_cancelled()
    {
        using var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(Socket));
        silent.Listen();
        using var engine = new DockerEngine(Endpoint);
        using var stop = new CancellationTokenSource();

        var asked = engine.GetInfoAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}
