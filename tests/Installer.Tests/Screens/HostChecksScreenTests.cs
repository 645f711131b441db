using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>The host checks while they run.</summary>
public sealed class HostChecksScreenTests
{
    [Fact]
    public async Task Asking_again_does_not_start_the_host_checks_twice()
    {
        var (answers, asked) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        using var shown = new ShownInstaller(world: w =>
            w with
            {
                Git = new SlowGit(w.Git, answers.Task, () => Interlocked.Increment(ref asked)),
            }
        );
        await shown.SeesAsync("New installation");
        shown.Press(Key.Enter);
        await shown.UntilAsync(() => asked > 0, "never asked");

        shown.Press(new Key('r'), new Key('r'), Key.F1, new Key(Key.F1));
        answers.SetResult();

        await shown.SeesAsync(ShownInstaller.AllPass);
        Assert.Equal(8, asked);
    }
}
