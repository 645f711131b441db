namespace ErpInstaller.Outside.Docker;

/// <summary>How a container that ran once ended.</summary>
/// <param name="Output">What it wrote to both streams.</param>
public sealed record ContainerRun(long ExitCode, string Output);
