using System.Net.Sockets;
using System.Text;
using ErpInstaller.Answers;
using ErpInstaller.Composition;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Nomad;

/// <summary>An address unix:///PATH, as Nomad's own command takes it.</summary>
public sealed class NomadSocketTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Path => _directory.In("api.sock");

    [Fact]
    public async Task Nomad_is_asked_through_a_socket_of_this_host()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path));
        listener.Listen();
        var asked = AnswerAsync(listener, "\"192.0.2.10:4647\"");
        var connection = NomadConnections.From(new NomadAnswers { Address = $"unix://{Path}" }, new SecretStore());
        using var nomad = new NomadClient(connection, connection.CreateHandler());

        Assert.Equal("192.0.2.10:4647", await nomad.FindLeaderAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("GET /v1/status/leader", await asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_is_not_there_is_named()
    {
        var connection = NomadConnections.From(new NomadAnswers { Address = $"unix://{Path}" }, new SecretStore());
        using var nomad = new NomadClient(connection, connection.CreateHandler());

        var e = await Assert.ThrowsAsync<NomadUnreachable>(() =>
            nomad.FindLeaderAsync(TestContext.Current.CancellationToken)
        );

        Assert.StartsWith($"Nomad at unix://{Path} does not answer: ", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unix://")]
    [InlineData("unix://run/nomad.sock")]
    [InlineData("ftp://127.0.0.1")]
    public void Other_addresses_are_refused(string address)
    {
        var e = Assert.Throws<InstallerException>(() =>
            NomadConnections.From(new NomadAnswers { Address = address }, new SecretStore())
        );

        Assert.Equal(ExitCode.Usage, e.ExitCode);
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<string> AnswerAsync(Socket listener, string body)
    {
        using var client = await listener.AcceptAsync();
        var buffer = new byte[4096];
        var read = await client.ReceiveAsync(buffer);
        await client.SendAsync(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"
            )
        );
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
