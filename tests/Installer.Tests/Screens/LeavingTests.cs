namespace ErpInstaller.Tests.Screens;

/// <summary>The operator leaves while something is at work beside the screen.</summary>
public sealed class LeavingTests
{
    [Fact]
    public async Task Running_work_has_cleaned_up_when_the_program_ends()
    {
        var (began, isCleared) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);
        using (var shown = new ShownInstaller())
        {
            shown.Work.Begin(
                async stop =>
                {
                    began.SetResult();
                    try
                    {
                        await Task.Delay(Timeout.Infinite, stop);
                        return true;
                    }
                    finally
                    {
                        // As a child that takes its time to die, and a directory that is removed then.
                        for (var turns = 0; turns < 10_000; turns++)
                        {
                            await Task.Yield();
                        }

                        isCleared = true;
                    }
                },
                _ => { },
                _ => { }
            );
            await began.Task;
        }

        Assert.True(isCleared);
    }
}
