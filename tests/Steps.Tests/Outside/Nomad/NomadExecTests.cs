using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ErpInstaller.Containers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Tests.Deployment;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Nomad;

/// <summary>Commands in a container, on a simulated Nomad that runs them on this host, and on a real one.</summary>
public abstract class NomadExecContract
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The agent.</summary>
    protected abstract NomadClient Nomad { get; }

    /// <summary>A command in a container that runs.</summary>
    protected abstract Task<NomadCommand> InContainerAsync(params string[] words);

    [Fact]
    public async Task Output_and_errors_arrive_apart_and_the_exit_code_is_the_commands()
    {
        var result = await Nomad.RunAsync(
            await InContainerAsync("sh", "-c", "printf 'one\\0\\377'; echo two >&2; exit 7"),
            Stop
        );

        Assert.Equal([.. "one"u8, 0, 0xff], result.Output);
        Assert.Equal("two\n", Encoding.UTF8.GetString(result.Errors));
        Assert.Equal(7, result.ExitCode);
    }

    [Fact]
    public async Task A_command_that_ends_well_has_the_exit_code_zero()
    {
        Assert.Equal(0, (await Nomad.RunAsync(await InContainerAsync("true"), Stop)).ExitCode);
    }

    [Fact]
    public async Task Words_reach_the_command_as_they_are()
    {
        string[] words = ["a b", "$HOME", "'", "\"", "ü", "", "*"];

        var result = await Nomad.RunAsync(await InContainerAsync(["printf", "%s\\n", .. words]), Stop);

        Assert.Equal(string.Join('\n', words) + "\n", Encoding.UTF8.GetString(result.Output));
    }

    [Fact]
    public async Task Bytes_go_there_and_back_unchanged_and_the_end_of_the_input_ends_the_command()
    {
        var sent = RandomNumberGenerator.GetBytes(3_000_001);
        using var received = new MemoryStream();
        using var exec = await Nomad.OpenAsync(await InContainerAsync("cat") with { TakesInput = true }, Stop);

        var reading = exec.ReadAsync(
            (_, bytes) =>
            {
                received.Write(bytes.Span);
                return ValueTask.CompletedTask;
            },
            Stop
        );
        Assert.True(await exec.SendInputAsync(sent, Stop));
        Assert.True(await exec.EndInputAsync(Stop));

        Assert.Equal(0, await reading);
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(received.ToArray()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_last_of_a_large_output_arrives_however_fast_the_command_ends(bool takesInput)
    {
        for (var repeated = 0; repeated < 5; repeated++)
        {
            using var received = new MemoryStream();
            var command = await InContainerAsync(
                "sh",
                "-c",
                "head -c 1000000 /dev/zero; printf last; head -c 70000 /dev/zero >&2; printf end >&2; exit 3"
            );
            using var exec = await Nomad.OpenAsync(command with { TakesInput = takesInput }, Stop);
            _ = !takesInput || await exec.EndInputAsync(Stop);

            var exitCode = await exec.ReadAsync(
                async (_, bytes) =>
                {
                    await Task.Yield();
                    received.Write(bytes.Span);
                },
                Stop
            );

            Assert.Equal((3, 1_070_007), (exitCode, received.Length));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_command_whose_output_nobody_reads_any_more_is_ended_with_all_that_it_started(bool takesInput)
    {
        var word = $"10{RandomNumberGenerator.GetInt32(1_000_000_000)}";
        var command = await InContainerAsync("sh", "-c", $"echo begins; sleep {word} | cat; echo never");
        using (var exec = await Nomad.OpenAsync(command with { TakesInput = takesInput }, Stop))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                exec.ReadAsync((_, _) => throw new OperationCanceledException("The reader is gone."), Stop)
            );
        }

        // A process that has ended has no command line. The letter in brackets keeps the script from finding itself.
        const string Lines = "for p in /proc/[0-9]*/cmdline; do tr '\\0' ' ' <$p; done 2>/dev/null";
        var script = $"{Lines} | grep '[s]leep {word}' | wc -l";
        var left = "";
        for (var asked = 0; asked < 100 && left != "0"; asked++)
        {
            var look = command with { Command = ["sh", "-c", script], TakesInput = false };
            left = Encoding.UTF8.GetString((await Nomad.RunAsync(look, Stop)).Output).Trim();
        }

        Assert.Equal("0", left);
    }

    [Fact]
    public async Task A_container_that_Nomad_does_not_know_is_an_error_in_its_words()
    {
        var command = await InContainerAsync("true");

        var e = await Assert.ThrowsAsync<NomadCommandRefused>(() =>
            Nomad.RunAsync(command with { Allocation = Guid.Empty.ToString() }, Stop)
        );

        Assert.Contains("Unknown allocation", e.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.StepFailed, e.ExitCode);
    }

    [Fact]
    public async Task A_task_that_the_allocation_does_not_have_is_an_error_in_its_words()
    {
        var command = await InContainerAsync("true");

        var e = await Assert.ThrowsAsync<NomadCommandRefused>(() =>
            Nomad.RunAsync(command with { Task = "none" }, Stop)
        );

        Assert.Contains("not found", e.Message, StringComparison.Ordinal);
    }
}

/// <summary>On the simulated Nomad.</summary>
public sealed class NomadExecTests : NomadExecContract, IDisposable
{
    private readonly RehearsedDeployment _rig = new();

    public NomadExecTests() => _rig.Nomad.Rehearsed.Program = LocalProgram.RunAsync;

    protected override NomadClient Nomad => _rig.Client;

    protected override async Task<NomadCommand> InContainerAsync(params string[] words)
    {
        await _rig.InstallAsync();
        var finder = new ContainerFinder(_rig.Open());
        var container = await finder.FindRunningAsync(
            ContainerFinder.GroupOf("backend"),
            TestContext.Current.CancellationToken
        );
        return container.Command(words);
    }

    [Fact]
    public async Task A_token_without_the_capability_is_told_its_name()
    {
        var command = await InContainerAsync("true");
        _rig.Nomad.FailNext(HttpStatusCode.Forbidden, "Permission denied");

        var e = await Assert.ThrowsAsync<NomadDenied>(() =>
            Nomad.RunAsync(command, TestContext.Current.CancellationToken)
        );

        Assert.Contains("namespace alloc-exec", e.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_passes_no_WebSockets_is_named_as_the_cause()
    {
        var command = await InContainerAsync("true");
        _rig.Nomad.FailNext(HttpStatusCode.OK, "<html>");

        var e = await Assert.ThrowsAsync<NomadUnreachable>(() =>
            Nomad.RunAsync(command, TestContext.Current.CancellationToken)
        );

        Assert.Equal("A proxy in front of Nomad must pass WebSockets on.", e.Hint);
    }

    public void Dispose() => _rig.Dispose();
}

/// <summary>On the real agent that NOMAD_ADDR names, in a real container.</summary>
public sealed class RealNomadExecTests : NomadExecContract, IAsyncLifetime
{
    private readonly NomadRest _rest = NomadRest.Require();
    private readonly string _job = $"exec-{Guid.NewGuid():N}"[..16];
    private readonly NomadClient _nomad;

    public RealNomadExecTests()
    {
        var connection = new NomadConnection { Address = _rest.Address };
        _nomad = new NomadClient(connection, connection.CreateHandler());
    }

    protected override NomadClient Nomad => _nomad;

    protected override async Task<NomadCommand> InContainerAsync(params string[] words)
    {
        var stop = TestContext.Current.CancellationToken;
        long? index = null;
        while (true)
        {
            var answer = await _nomad.GetAllocationsAsync(_job, index, stop);
            index = answer.Index;
            if (answer.Value?.FirstOrDefault(a => a.ClientStatus == "running") is { } allocation)
            {
                return new NomadCommand(allocation.ID, "one", words);
            }
        }
    }

    [Fact]
    public async Task A_terminal_has_the_size_that_was_sent_last()
    {
        var stop = TestContext.Current.CancellationToken;
        var command = await InContainerAsync("stty", "size");
        using var exec = await _nomad.OpenAsync(command with { HasTerminal = true }, stop);
        using var output = new MemoryStream();
        await exec.ResizeAsync(80, 24, stop);
        await exec.ResizeAsync(101, 37, stop);

        await exec.ReadAsync(
            (_, bytes) =>
            {
                output.Write(bytes.Span);
                return ValueTask.CompletedTask;
            },
            stop
        );

        Assert.Contains("37 101", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() =>
        await _rest.SendAsync(
            HttpMethod.Put,
            "/v1/jobs",
            new JsonObject
            {
                ["Job"] = new JsonObject
                {
                    ["ID"] = _job,
                    ["Type"] = "service",
                    ["Datacenters"] = new JsonArray("*"),
                    ["TaskGroups"] = new JsonArray(
                        new JsonObject
                        {
                            ["Name"] = "one",
                            ["Tasks"] = new JsonArray(
                                new JsonObject
                                {
                                    ["Name"] = "one",
                                    ["Driver"] = "docker",
                                    ["Config"] = new JsonObject
                                    {
                                        ["image"] = DockerEnvironment.MariaDb,
                                        ["entrypoint"] = new JsonArray("sleep", "600"),
                                    },
                                    ["Resources"] = new JsonObject { ["CPU"] = 50, ["MemoryMB"] = 64 },
                                }
                            ),
                        }
                    ),
                },
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _nomad.RemoveJobAsync(_job, CancellationToken.None);
        _nomad.Dispose();
        _rest.Dispose();
    }
}
