using ErpInstaller.Run;
using ErpInstaller.Screens.Running;

namespace ErpInstaller.Tests.Screens;

/// <summary>The way of events from a run to the screen.</summary>
public sealed class EventPumpTests
{
    // The end of a run flushes the pump while its timer may be passing on the last events.
    [Fact]
    public async Task A_flush_ends_after_the_batch_that_was_on_its_way()
    {
        using var entered = new ManualResetEventSlim();
        using var overtaken = new ManualResetEventSlim();
        var taken = new List<string>();
        using var pump = new EventPump(TimeProvider.System, batch =>
        {
            if (!entered.IsSet)
            {
                entered.Set();
                overtaken.Wait(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
            }

            lock (taken)
            {
                taken.AddRange(batch.OfType<Log>().Select(l => l.Line));
            }
        });
        pump.Hear(new Log("", LogLevel.Info, "the last event"));
        entered.Wait(TestContext.Current.CancellationToken);

        await Task.Run(pump.Flush, TestContext.Current.CancellationToken);
        lock (taken)
        {
            taken.Add("the flush has ended");
        }

        overtaken.Set();
        await Task.Run(pump.Flush, TestContext.Current.CancellationToken);
        Assert.Equal(["the last event", "the flush has ended"], taken);
    }
}
