namespace ErpInstaller.Images;

/// <summary>An instruction of the Dockerfile.</summary>
/// <param name="Instruction">As it is written, on one line.</param>
/// <param name="Words">What it is about, for the operator: <c>crm: fetching v1.52.2</c>.</param>
/// <param name="Thing">The same whatever the ref: <c>crm: fetching</c>. Several instructions can be one thing.</param>
/// <param name="Weight">Its share of the work, compared to the others.</param>
/// <param name="App">The app it is about; null: none alone.</param>
public sealed record DockerfileStep(string Instruction, string Words, string Thing, double Weight, string? App)
{
    /// <summary>Apps are fetched in stages of their own, which BuildKit builds at the same time.</summary>
    public bool Alongside => Thing.EndsWith(": fetching", StringComparison.Ordinal);
}
