namespace ErpInstaller.Image;

/// <summary>An instruction of the Dockerfile.</summary>
/// <param name="Instruction">As it is written, on one line.</param>
/// <param name="Words">What it is about, for the operator: <c>crm: fetching v1.52.2</c>.</param>
/// <param name="Thing">The same whatever the ref: <c>crm: fetching</c>. Several instructions can be one thing.</param>
/// <param name="Weight">Seconds that it takes where it was measured; 0: none, it only begins a stage.</param>
/// <param name="App">The app it is about; null: none alone.</param>
public sealed record DockerfileStep(string Instruction, string Words, string Thing, double Weight, string? App)
{
    /// <summary>What else happens at the same time: things of one row wait for each other. Empty: all wait for it.</summary>
    public string Row { get; init; } = "";
}
