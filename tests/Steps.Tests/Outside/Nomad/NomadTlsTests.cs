using ErpInstaller.Outside.Nomad;
using ErpInstaller.Tests.Certificate;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Nomad;

/// <summary>
/// Nomad over TLS, as its users run it: with their own CA, server certificates named after the region, and a
/// certificate for each client.
/// </summary>
public sealed class NomadTlsTests : IDisposable
{
    private const string ServerName = "server.global.nomad";

    private static readonly DateTimeOffset Today = DateTimeOffset.UtcNow;

    private readonly TemporaryDirectory _directory = new();
    private readonly Issued _authority = Issued.Root("Nomad Agent CA");
    private readonly string _authorityFile;
    private readonly (string Certificate, string Key) _client;

    public NomadTlsTests()
    {
        _authorityFile = Write("ca/nomad-agent-ca.pem", _authority.Pem);
        using var client = _authority.Leaf(Wish("cli.global.nomad"));
        _client = (Write("cli.pem", client.Pem), Write("cli-key.pem", client.KeyPem));
    }

    [Fact]
    public async Task An_agent_that_wants_a_certificate_of_me_gets_mine_and_I_know_its_authority()
    {
        using var nomad = Serve(ServerName);

        var leader = await LeaderAsync(nomad, c =>
            c with
            {
                CaCertificate = _authorityFile,
                TlsServerName = ServerName,
                ClientCertificate = _client.Certificate,
                ClientKey = _client.Key,
            }
        );

        Assert.Equal("10.0.0.1:4647", leader);
        Assert.NotNull(nomad.ClientSubject);
    }

    [Fact]
    public async Task A_directory_of_authorities_does_as_well_as_one_file()
    {
        using var nomad = Serve(ServerName);

        Assert.NotNull(
            await LeaderAsync(nomad, c =>
                c with
                {
                    CaDirectory = Path.GetDirectoryName(_authorityFile),
                    TlsServerName = ServerName,
                    ClientCertificate = _client.Certificate,
                    ClientKey = _client.Key,
                }
            )
        );
    }

    [Fact]
    public async Task Without_a_client_certificate_the_agent_refuses()
    {
        using var nomad = Serve(ServerName);

        await Assert.ThrowsAsync<NomadUnreachable>(() =>
            LeaderAsync(nomad, c => c with { CaCertificate = _authorityFile, TlsServerName = ServerName })
        );
    }

    [Fact]
    public async Task A_certificate_of_another_name_than_the_address_needs_the_server_name()
    {
        using var nomad = Serve(ServerName, wantsClient: false);

        var error = await Assert.ThrowsAsync<NomadUnreachable>(() =>
            LeaderAsync(nomad, c => c with { CaCertificate = _authorityFile })
        );

        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
        Assert.Contains("nomad.tls_server_name", error.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_is_not_mine_is_not_trusted()
    {
        using var stranger = Issued.Root("Stranger CA");
        using var nomad = Serve(ServerName, wantsClient: false);
        var file = Write("stranger.pem", stranger.Pem);

        var error = await Assert.ThrowsAsync<NomadUnreachable>(() =>
            LeaderAsync(nomad, c => c with { CaCertificate = file, TlsServerName = ServerName })
        );

        Assert.Contains("nomad.ca_certificate", error.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_can_skip_the_certificate_check()
    {
        using var nomad = Serve("elsewhere", wantsClient: false);

        Assert.NotNull(await LeaderAsync(nomad, c => c with { SkipVerify = true }));
    }

    [Fact]
    public async Task A_proxy_before_Nomad_gets_user_and_password()
    {
        using var nomad = Serve(ServerName, wantsClient: false);

        await LeaderAsync(nomad, c =>
            c with
            {
                CaCertificate = _authorityFile,
                TlsServerName = ServerName,
                HttpAuth = "operator:secret",
            }
        );

        Assert.Contains("Authorization: Basic b3BlcmF0b3I6c2VjcmV0", nomad.Headers);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    private static Issued.Wish Wish(string name) =>
        new()
        {
            Names = [name],
            From = Today.AddDays(-1),
            To = Today.AddDays(1),
        };

    private static async Task<string?> LeaderAsync(TlsNomad nomad, Func<NomadConnection, NomadConnection> change)
    {
        var connection = change(new NomadConnection { Address = nomad.Address });
        using var client = new NomadClient(connection, connection.CreateHandler());
        return await client.FindLeaderAsync(TestContext.Current.CancellationToken);
    }

    private TlsNomad Serve(string name, bool wantsClient = true)
    {
        using var server = _authority.Leaf(Wish(name));
        return new TlsNomad(server.Pem, server.KeyPem, wantsClient);
    }

    private string Write(string name, string text)
    {
        var path = _directory.In(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
