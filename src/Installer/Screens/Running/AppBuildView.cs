namespace ErpInstaller.Screens.Running;

/// <summary>What a front end knows of the work on one app of the image.</summary>
/// <param name="App">Its name.</param>
internal sealed record AppBuildView(string App)
{
    /// <summary>The parts that began, by their names: null while one lasts, then the seconds that it took.</summary>
    public IReadOnlyDictionary<string, double?> Parts { get; init; } = new Dictionary<string, double?>();

    /// <summary>The same with a part that began or ended.</summary>
    public AppBuildView With(string part, double? seconds) =>
        this with
        {
            Parts = new Dictionary<string, double?>(Parts) { [part] = seconds },
        };
}
