using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// Reports a push or a pull whenever it got a percent or a two hundredth of its bytes further; the engine tells much
/// more often. Percents alone would be minutes apart on a slow line: each layer counts the same, and one can be most of
/// the image.
/// </summary>
/// <param name="from">The step's progress when it begins.</param>
/// <param name="to">The step's progress when it ends.</param>
internal sealed class TransferReport(StepReporter report, string what, double from, double to)
{
    private const int Parts = 200;
    private const long Least = 1_000_000;

    private (int Percent, int Layers, long Bytes) _last = (-1, -1, 0);

    /// <summary>Takes how far it is.</summary>
    public void Add(TransferProgress now)
    {
        // Layers come to be known one by one: the ratio can fall, the bar must not.
        var percent = Math.Max(_last.Percent, (int)(100 * now.Ratio));
        var isFewBytes = Math.Abs(now.Bytes - _last.Bytes) < Math.Max(Least, now.TotalBytes / Parts);
        if (isFewBytes && (percent, now.LayersDone) == (_last.Percent, _last.Layers))
        {
            return;
        }

        _last = (percent, now.LayersDone, now.Bytes);
        report.Progress($"{what}: {now}", from + ((to - from) * percent / 100));
    }
}
