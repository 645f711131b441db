namespace ErpInstaller.Images;

/// <summary>An instruction of the Dockerfile.</summary>
/// <param name="Instruction">As it is written, on one line.</param>
/// <param name="Words">What it is about, for the operator: <c>crm: installing</c>.</param>
/// <param name="Weight">Its share of the work, compared to the others.</param>
/// <param name="App">The app it is about; null: none alone.</param>
public sealed record DockerfileStep(string Instruction, string Words, double Weight, string? App);
