namespace ErpInstaller.Tests.Screens;

/// <summary>The operator leaves while another thread is still working.</summary>
public sealed class LeavingTests
{
    [Fact]
    public async Task The_program_ends_after_running_work_has_cleaned_up()
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
                        // Like a child process that ends slowly, after which its directory is removed.
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
