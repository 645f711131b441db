using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>
/// The last look at a running installation, with figures that stay as they are while little changes: a figure that
/// wavers between two looks would send bytes for nothing.
/// </summary>
internal sealed class LiveView
{
    // Of a limit, in percent. A figure moves when it is a whole step away.
    private const double Step = 5;

    private Dictionary<string, double> _shown = [];

    /// <summary>The last look; null: none yet.</summary>
    public LiveStatus? Status { get; private set; }

    /// <summary>Takes a new look.</summary>
    public void Take(LiveStatus status)
    {
        var now = new Dictionary<string, double>();
        foreach (var container in status.Containers)
        {
            Steady(now, CpuOf(container), container.CpuMillicores / container.CpuReservedMillicores);
            Steady(now, MemoryOf(container), container.MemoryMebibytes / container.MemoryLimitMebibytes);
        }

        (Status, _shown) = (status, now);
    }

    /// <summary>The CPU of a container in percent of what is reserved for it; null: not known.</summary>
    public double? Cpu(LiveContainer container) => Shown(CpuOf(container));

    /// <summary>The memory of a container in percent of its limit; null: not known.</summary>
    public double? Memory(LiveContainer container) => Shown(MemoryOf(container));

    private void Steady(Dictionary<string, double> now, string key, double? ratio)
    {
        if (ratio is { } known && double.IsFinite(known))
        {
            var percent = known * 100;
            now[key] =
                Shown(key) is { } before && Math.Abs(percent - before) < Step
                    ? before
                    : Math.Round(percent / Step) * Step;
        }
    }

    private double? Shown(string key) => _shown.TryGetValue(key, out var value) ? value : null;

    private static string CpuOf(LiveContainer container) => $"{container.Allocation}/{container.Task}/cpu";

    private static string MemoryOf(LiveContainer container) => $"{container.Allocation}/{container.Task}/memory";
}
