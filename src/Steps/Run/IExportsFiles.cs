using ErpInstaller.Core.Files;

namespace ErpInstaller.Run;

/// <summary>A step that can write down what it would use, for a human to read or to run by hand.</summary>
public interface IExportsFiles
{
    /// <summary>The files, from what the step's plan would use. Holds no secret.</summary>
    Task<IReadOnlyList<GeneratedFile>> ExportAsync(StepContext context, CancellationToken cancellation);
}
