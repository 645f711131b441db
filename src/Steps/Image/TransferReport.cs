using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// Publishes the progress of a push or pull after each percent or two hundredth of its bytes; the engine reports much
/// more often. Percents alone could be minutes apart on a slow line: each layer counts the same, but one can be most of
/// the image.
/// </summary>
/// <param name="from">The step's progress at the start.</param>
/// <param name="to">The step's progress at the end.</param>
internal sealed class TransferReport(StepReporter report, string what, double from, double to)
{
    private const int Parts = 200;
    private const long Min = 1_000_000;

    private (int Percent, int Layers, long Bytes) _last = (-1, -1, 0);

    /// <summary>Handles a progress report of the engine.</summary>
    public void Add(TransferProgress now)
    {
        // The engine announces layers one by one, so the ratio can fall; the bar must not go back.
        var percent = Math.Max(_last.Percent, (int)(100 * now.Ratio));
        var isFewBytes = Math.Abs(now.Bytes - _last.Bytes) < Math.Max(Min, now.TotalBytes / Parts);
        if (isFewBytes && (percent, now.LayersDone) == (_last.Percent, _last.Layers))
        {
            return;
        }

        _last = (percent, now.LayersDone, now.Bytes);
        report.Progress($"{what}: {now}", from + ((to - from) * percent / 100));
    }
}
