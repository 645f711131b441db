using ErpInstaller.Answers;
using ErpInstaller.Composition;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Releases;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Composition;

/// <summary>A session shares its connections and closes them.</summary>
public sealed class InstallationsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task A_session_makes_one_connection_to_Nomad_for_all_its_questions_and_leaves_none_open()
    {
        await using var nomad = new ConnectionCounter();
        await using var docker = new ConnectionCounter();
        using (var installations = Session(docker))
        {
            for (var question = 0; question < 5; question++)
            {
                var world = Open(installations, nomad).World;
                await Assert.ThrowsAnyAsync<InstallerException>(() =>
                    world.Nomad.ListNodesAsync(TestContext.Current.CancellationToken)
                );
                await Assert.ThrowsAnyAsync<Exception>(() =>
                    world.Docker.GetInfoAsync(TestContext.Current.CancellationToken)
                );
            }

            Assert.Equal(1, nomad.Opened);
            Assert.True(docker.Opened > 0);
        }

        await nomad.AllClosedAsync();
        await docker.AllClosedAsync();
    }

    [Fact]
    public async Task After_a_repair_the_next_check_opens_a_new_connection()
    {
        await using var server = new ConnectionCounter();
        using var installations = Session(server);
        var before = Open(installations, server).World;

        installations.Reconnect();

        Assert.NotSame(before, Open(installations, server).World);
        Assert.Same(Open(installations, server).World, Open(installations, server).World);
    }

    public void Dispose() => _directory.Dispose();

    private static Installation Open(Installations installations, ConnectionCounter server)
    {
        var answers = new AnswerFile { Nomad = new NomadAnswers { Address = server.Address } };
        var release = new ReleaseCatalog(new AssetSource()).Load(answers.Erpnext.Release);
        return installations.Open(new StepSettings(answers, release), installations.NewEvents());
    }

    private Installations Session(ConnectionCounter server) =>
        new(
            StateDirectory.At(_directory.Path),
            new AssetSource(),
            new OwnCommands("erp-installer", ""),
            isRehearsal: false
        )
        {
            DockerEndpoint = new Uri(server.Address.Replace("http:", "tcp:", StringComparison.Ordinal)),
        };
}
