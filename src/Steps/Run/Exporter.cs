using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Ids;

namespace ErpInstaller.Run;

/// <summary>
/// Writes everything that an installation would use, as files that a person can run with docker and nomad.
/// </summary>
public sealed class Exporter(Installation installation)
{
    /// <summary>
    /// Plans, then writes the files of every step that has some below <paramref name="directory"/>. Steps that only
    /// check are left out, so that files can be made on a host that could not run them.
    /// </summary>
    /// <returns>The number of files.</returns>
    /// <exception cref="InstallerException">The plan failed, or the directory cannot be written.</exception>
    public async Task<int> ExportAsync(string directory, CancellationToken cancellation)
    {
        var planner = new Planner(installation);
        var files = new List<GeneratedFile>();
        foreach (var step in installation.Steps.Where(s => !StepId.OnlyLooks(s.Id)))
        {
            if ((await planner.ForecastAsync(step, cancellation)).Plan?.Obstacle is { } obstacle)
            {
                // The files may be used on another host, where the obstacle is absent. So they are written, with a
                // warning.
                installation.ContextOf(step).Report.Log($"{obstacle.Message}. {obstacle.Hint}", LogLevel.Warning);
            }

            if (step is IExportsFiles exports)
            {
                files.AddRange(await exports.ExportAsync(installation.ContextOf(step), cancellation));
            }
        }

        // Written last, so that a failed plan leaves no partial export.
        files.ForEach(file => Write(Path.Combine(directory, file.Path), file));
        return files.Count;
    }

    private void Write(string path, GeneratedFile file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RunErrors.ExportImpossible(path, e);
        }

        AtomicFile.Write(path, file.Text, file.Mode);
        installation.Events.Publish(new FileWritten(path));
    }
}
