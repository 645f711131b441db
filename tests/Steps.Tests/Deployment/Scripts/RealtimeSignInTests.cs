using CliWrap;
using CliWrap.Buffered;
using ErpInstaller.Answers;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>
/// The sign-in of WebSockets: the realtime server calls the site by the public name from which the browser came, and
/// hands on its cookie. A real Node.js does so here, with the environment of the websocket task; the name leads to the
/// container of the frontend, as in the installation's network.
/// </summary>
[Collection(Frontends.Collection)]
public sealed class RealtimeSignInTests
{
    // frappe's realtime server does the same (realtime/middlewares/authenticate.js): fetch, <Origin>/api/method/…
    private const string SignIn = """
        const address = process.argv[1] + '/api/method/frappe.realtime.get_user_info';
        fetch(address, { headers: { Cookie: 'sid=of-the-browser' } })
          .then((answer) => answer.json())
          .then(
            (request) => console.log(request.path, request.headers.cookie),
            (e) => { console.log(e.cause.code); process.exit(1); });
        """;

    private readonly Frontends _frontends;

    public RealtimeSignInTests(Frontends frontends)
    {
        DockerEnvironment.Require();
        _frontends = frontends;
    }

    [Theory]
    [InlineData(true, 0, "/api/method/frappe.realtime.get_user_info sid=of-the-browser")]
    [InlineData(false, 1, "DEPTH_ZERO_SELF_SIGNED_CERT")]
    public async Task The_websocket_container_trusts_the_self_signed_certificate(bool trusts, int exitCode, string said)
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && File.Exists("/usr/bin/node"),
            "needs root and Node.js: the name of the site must lead to the frontend"
        );
        var groups = JobCases.Build(JobCases.Default).Application.Groups;
        var task = groups.Single(g => g.Name == "websocket").Tasks[0];
        var host = Assert.Single(groups.Single(g => g.Name == "frontend").Tasks[0].Aliases);
        var variable = task.Env.Single(e => e.Key == "NODE_EXTRA_CA_CERTS");
        Assert.Equal($"/{task.Templates.Single().Destination}", variable.Value);
        using var files = new TemporaryDirectory();
        await File.WriteAllTextAsync(
            files.In("hosts"),
            $"{await _frontends.AddressAsync(CertificateMode.SelfSigned)} {host}\n",
            TestContext.Current.CancellationToken
        );

        // A mount namespace of its own: only this Node.js sees these hosts.
        var run = await Cli.Wrap("unshare")
            .WithArguments([
                "--mount",
                "sh",
                "-c",
                "mount --bind \"$0\" /etc/hosts && exec /usr/bin/node -e \"$1\" \"$2\"",
                files.In("hosts"),
                SignIn,
                $"https://{host}",
            ])
            .WithEnvironmentVariables(environment =>
                environment.Set(variable.Key, trusts ? _frontends.CertificateFile : null)
            )
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        Assert.Equal((exitCode, said), (run.ExitCode, run.StandardOutput.Trim()));
    }
}
