namespace ErpInstaller.Image;

/// <summary>An instruction of the Dockerfile.</summary>
/// <param name="Instruction">The instruction on one line.</param>
/// <param name="Description">Its description for the operator: <c>crm: fetching v1.52.2</c>.</param>
/// <param name="Part">Its part of the build, independent of the ref: <c>crm: fetching</c>. A part can have several
/// instructions.</param>
/// <param name="Weight">Measured seconds; 0 for an instruction that only begins a stage.</param>
/// <param name="App">Its app; null when it belongs to no single app.</param>
internal sealed record DockerfileStep(string Instruction, string Description, string Part, double Weight, string? App)
{
    /// <summary>
    /// Its row: parts of one row run one after the other, rows run in parallel. Empty: no other part runs at the same
    /// time.
    /// </summary>
    public string Row { get; init; } = "";
}
