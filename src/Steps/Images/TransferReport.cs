using ErpInstaller.Docker;
using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>Reports a push or a pull whenever it got a percent further; the engine tells much more often.</summary>
/// <param name="from">The step's progress when it begins.</param>
/// <param name="to">The step's progress when it ends.</param>
internal sealed class TransferReport(StepReporter report, string what, double from, double to)
{
    private (int Percent, int Layers) _last = (-1, -1);

    /// <summary>Takes how far it is.</summary>
    public void Add(TransferProgress now)
    {
        // Layers come to be known one by one: the ratio can fall, the bar must not.
        var percent = Math.Max(_last.Percent, (int)(100 * now.Ratio));
        if ((percent, now.LayersDone) == _last)
        {
            return;
        }

        _last = (percent, now.LayersDone);
        report.Progress($"{what}: {now}", from + ((to - from) * percent / 100));
    }
}
