namespace ErpInstaller.Engine;

/// <summary>Writes down everything that an installation would use, as files that a human can run with docker and nomad.</summary>
public sealed class Exporter(Installation installation)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Plans, then writes the files of every step that has some below <paramref name="directory"/>.</summary>
    /// <exception cref="InstallerException">The plan ran into something, or the directory cannot be written.</exception>
    public async Task ExportAsync(string directory, CancellationToken cancellation)
    {
        await new Planner(installation).PlanAsync(cancellation);
        foreach (var step in installation.Steps.OfType<IExportsFiles>())
        {
            foreach (var file in await step.ExportAsync(installation.ContextOf((IStep)step), cancellation))
            {
                Write(Path.Combine(directory, file.Path), file);
            }
        }
    }

    private void Write(string path, GeneratedFile file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExportImpossible(path, e);
        }

        AtomicFile.Write(path, file.Text, file.Executable ? Readable | UnixFileMode.UserExecute : Readable);
        installation.Events.Publish(new FileWritten(path));
    }
}
