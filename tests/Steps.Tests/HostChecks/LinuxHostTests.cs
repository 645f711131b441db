using System.Net;
using System.Net.Sockets;
using ErpInstaller.Outside.Host;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>Readings of the machine that runs the tests.</summary>
public sealed class LinuxHostTests
{
    private readonly LinuxHost _host = new();

    [Fact]
    public void The_host_reports_the_same_cpus_as_the_runtime()
    {
        var cpu = _host.ReadCpu();

        // .NET rounds a quota up to whole cores.
        Assert.Equal(Environment.ProcessorCount, (int)Math.Ceiling(cpu.Effective));
        Assert.InRange(cpu.Allowed, 1, cpu.Online);
    }

    [Fact]
    public void The_host_reports_at_least_the_memory_of_the_garbage_collector()
    {
        var memory = _host.ReadMemory();

        Assert.InRange(memory.Effective, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, memory.Total);
    }

    [Fact]
    public void A_path_that_does_not_exist_yet_is_on_the_file_system_of_its_parent()
    {
        var parent = _host.ReadFileSystem(Path.GetTempPath());

        var child = _host.ReadFileSystem(Path.Combine(Path.GetTempPath(), "not", "there", "yet"));

        Assert.Equal(parent.Device, child.Device);
        Assert.Equal(parent.MountPoint, child.MountPoint);
        Assert.InRange(child.FreeBytes, 1, child.TotalBytes);
    }

    [Fact]
    public void A_symbolic_link_leads_to_the_file_system_of_its_target()
    {
        using var directory = new Fixtures.TemporaryDirectory();
        Directory.CreateSymbolicLink(directory.In("link"), "/proc/self");

        Assert.Equal("proc", _host.ReadFileSystem(directory.In("link/task")).Type);
    }

    [Fact]
    public void A_listening_socket_is_found_with_its_address_and_owner()
    {
        using var listener = new TcpListener(IPAddress.Parse("127.0.0.2"), 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var holder = Assert.Single(_host.ReadPortHolders([port]));

        Assert.Equal(("tcp", "127.0.0.2", port), (holder.Protocol, holder.Address, holder.Port));
        Assert.Equal(Environment.ProcessId, holder.ProcessId);
        Assert.NotEmpty(holder.Program!);
    }

    [Fact]
    public void A_bound_udp_socket_is_found_too()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;

        var holder = Assert.Single(_host.ReadPortHolders([port]));

        Assert.Equal(("udp", "127.0.0.1"), (holder.Protocol, holder.Address));
    }

    [Fact]
    public void A_port_of_an_outgoing_connection_is_not_held()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        client.Connect((IPEndPoint)listener.LocalEndpoint);

        Assert.Empty(_host.ReadPortHolders([((IPEndPoint)client.Client.LocalEndPoint!).Port]));
    }

    [Fact]
    public async Task A_program_that_is_not_installed_is_named()
    {
        var error = await Assert.ThrowsAsync<ProgramUnavailable>(() =>
            _host.AskProgramAsync("no-such-program", [], TestContext.Current.CancellationToken)
        );

        Assert.Equal("no-such-program: not installed", error.Message);
    }

    [Fact]
    public async Task A_failed_programs_message_is_reported()
    {
        var error = await Assert.ThrowsAsync<ProgramUnavailable>(() =>
            _host.AskProgramAsync("ls", ["/not/there"], TestContext.Current.CancellationToken)
        );

        Assert.Contains("No such file or directory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_server_gives_no_time()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        listener.Stop();

        Assert.Null(
            await _host.AskTimeAsync(
                new Uri($"http://{listener.LocalEndpoint}/"),
                TestContext.Current.CancellationToken
            )
        );
    }
}
