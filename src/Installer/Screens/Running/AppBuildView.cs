namespace ErpInstaller.Screens.Running;

/// <summary>The progress of one app of the image.</summary>
/// <param name="App">Its name.</param>
internal sealed record AppBuildView(string App)
{
    /// <summary>The parts of the work by name, with their duration in seconds; null while a part is at work.</summary>
    public IReadOnlyDictionary<string, double?> Parts { get; init; } = new Dictionary<string, double?>();

    /// <summary>The same after a part began or ended.</summary>
    public AppBuildView With(string part, double? seconds) =>
        this with
        {
            Parts = new Dictionary<string, double?>(Parts) { [part] = seconds },
        };
}
