using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// A real sshd on a loopback port, which accepts one key. Only a real ssh-agent has the key; it is on no disk.
/// Meanwhile SSH_AUTH_SOCK and GIT_SSH_COMMAND of the tests' process lead to the agent and the server.
/// </summary>
internal sealed class SshServer : IDisposable
{
    private const string Program = "/usr/sbin/sshd";
    private const string AgentVariable = "SSH_AUTH_SOCK";
    private const string CommandVariable = "GIT_SSH_COMMAND";

    private readonly TemporaryDirectory _directory = new();
    private readonly AppRepositories _apps;
    private readonly int _port = FreePort();
    private readonly string?[] _before =
    [
        Environment.GetEnvironmentVariable(AgentVariable),
        Environment.GetEnvironmentVariable(CommandVariable),
    ];
    private readonly List<Process> _running = [];

    private SshServer(AppRepositories apps) => _apps = apps;

    /// <summary>Starts both; the running test is skipped where there is no sshd.</summary>
    public static async Task<SshServer> RequireAsync(AppRepositories apps)
    {
        Assert.SkipUnless(File.Exists(Program), "needs sshd: apt-get install openssh-server");
        var server = new SshServer(apps);
        await server.StartAsync();
        return server;
    }

    /// <summary><c>ssh://USER@127.0.0.1:PORT/…/frappe/crm.git</c> for <c>frappe/crm</c>.</summary>
    public string Url(string repository) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"ssh://{Environment.UserName}@127.0.0.1:{_port}{_apps.Directory}/{repository}.git"
        );

    /// <inheritdoc/>
    public void Dispose()
    {
        Environment.SetEnvironmentVariable(AgentVariable, _before[0]);
        Environment.SetEnvironmentVariable(CommandVariable, _before[1]);
        foreach (var process in _running)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _directory.Dispose();
    }

    private async Task StartAsync()
    {
        var (host, key, agent) = (_directory.In("host"), _directory.In("key"), _directory.In("agent"));
        await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host);
        await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);
        await File.WriteAllTextAsync(
            _directory.In("known"),
            $"[127.0.0.1]:{_port} {await File.ReadAllTextAsync(host + ".pub")}"
        );

        // sshd needs it for its work before a login.
        if (Environment.IsPrivilegedProcess)
        {
            Directory.CreateDirectory("/run/sshd");
        }

        string[] settings =
        [
            $"ListenAddress=127.0.0.1:{_port}",
            $"HostKey={host}",
            $"AuthorizedKeysFile={key}.pub",
            "StrictModes=no",
            "PidFile=none",
            "PasswordAuthentication=no",
            "PermitRootLogin=prohibit-password",
        ];
        Start(Program, ["-D", "-e", "-f", "/dev/null", .. settings.SelectMany(s => new[] { "-o", s })]);
        Start("ssh-agent", ["-D", "-a", agent]);
        Environment.SetEnvironmentVariable(AgentVariable, agent);
        Environment.SetEnvironmentVariable(
            CommandVariable,
            $"ssh -F none -o BatchMode=yes -o UserKnownHostsFile={_directory.In("known")}"
        );
        await UntilAsync(() => File.Exists(agent));
        await RunAsync("ssh-add", "-q", key);
        File.Delete(key);
        await UntilAsync(IsListening);
    }

    private void Start(string program, IEnumerable<string> arguments) =>
        _running.Add(
            Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
            )!
        );

    private bool IsListening()
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> there)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!there())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
        }
    }

    private static async Task RunAsync(string program, params string[] arguments) =>
        await Cli.Wrap(program).WithArguments(arguments).ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
