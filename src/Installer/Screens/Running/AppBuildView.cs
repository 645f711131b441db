namespace ErpInstaller.Screens.Running;

/// <summary>The progress of one app of the image.</summary>
/// <param name="App">Its name.</param>
internal sealed record AppBuildView(string App)
{
    /// <summary>The parts of its build by name, with their duration in seconds; null while a part is running.</summary>
    public IReadOnlyDictionary<string, double?> Parts { get; init; } = new Dictionary<string, double?>();

    /// <summary>A copy in which a part has begun or ended.</summary>
    public AppBuildView With(string part, double? seconds) =>
        this with
        {
            Parts = new Dictionary<string, double?>(Parts) { [part] = seconds },
        };
}
