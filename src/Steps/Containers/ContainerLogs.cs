using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Containers;

/// <summary>A part of a group's logs.</summary>
/// <param name="Lines">How many lines of the past, at most; null: as many as there are.</param>
/// <param name="Since">No line that was written before; null: no limit.</param>
public sealed record LogRequest(int? Lines, DateTimeOffset? Since);

/// <summary>A line that a container wrote, without the secrets that the installer knows.</summary>
/// <param name="Source">The container, where there are several; otherwise empty.</param>
/// <param name="IsError">It was written to stderr.</param>
public sealed record LogLine(string Source, bool IsError, string Text);

/// <summary>Reads the logs of a group of containers, from both streams of each.</summary>
public sealed class ContainerLogs(Installation installation)
{
    private readonly NomadClient _nomad = installation.World.Nomad;
    private readonly ContainerFinder _finder = new(installation);

    /// <summary>
    /// Reads what was written so far: by the containers that run, or else by the last ones that did. Lines of several
    /// logs are in the order of their times.
    /// </summary>
    /// <exception cref="InstallerException">There is no container, or no log can be read.</exception>
    public async Task<IReadOnlyList<LogLine>> ReadAsync(
        ContainerGroup group,
        LogRequest request,
        CancellationToken cancellation
    )
    {
        var containers = Container.ToRead(await _finder.ListAsync(group, cancellation));
        if (containers.Count == 0)
        {
            throw ContainerErrors.NotThere(group, _finder.JobOf(group));
        }

        var lines = new List<(DateTimeOffset Time, LogLine Line)>();
        foreach (var container in containers)
        {
            var source = container.SourceAmong(containers);
            foreach (var stream in LogStream.Of(_nomad, container))
            {
                lines.AddRange(
                    (await ReadAsync(stream, request, cancellation)).Select(l =>
                        (l.Time, new LogLine(source, stream.IsErrors, installation.Secrets.Redact(l.Text)))
                    )
                );
            }
        }

        // OrderBy keeps the order of lines with the same time.
        var ordered = lines.OrderBy(l => l.Time).Select(l => l.Line);
        return [.. request.Lines is { } count ? ordered.TakeLast(count) : ordered];
    }

    /// <summary>
    /// Reads what was written so far, and then each line when it is written. When Nomad replaces a container, it goes
    /// on with the new one. When Nomad does not answer any more, it waits and goes on where it was. It ends when the
    /// containers of the init job have ended, otherwise never.
    /// </summary>
    /// <param name="take">Receives each line, one at a time.</param>
    /// <param name="say">Told that Nomad does not answer any more.</param>
    /// <exception cref="InstallerException">There is no container, or no log can be read.</exception>
    public Task FollowAsync(
        ContainerGroup group,
        LogRequest request,
        Action<LogLine> take,
        Action<string> say,
        CancellationToken cancellation
    ) => new LogFollowing(installation, group, request, take, say).RunAsync(cancellation);

    private static async Task<IEnumerable<TimedLine>> ReadAsync(
        LogStream stream,
        LogRequest request,
        CancellationToken cancellation
    )
    {
        try
        {
            return (await stream.ReadEndAsync(request, cancellation)).Since(request);
        }
        catch (NomadLogMissing e) when (e.Absence == NomadLogAbsence.NotStarted)
        {
            return [];
        }
    }
}
