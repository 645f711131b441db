using System.Globalization;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Run;

/// <summary>
/// Writes the events to <c>install.log</c>, which keeps all runs. Secrets are removed from events before they arrive
/// here.
/// </summary>
public sealed class InstallLog : IDisposable
{
    private readonly string _path;
    private readonly StreamWriter _writer;
    private bool _closed;
    private string _lastProgress = "";

    private InstallLog(string path, StreamWriter writer) => (_path, _writer) = (path, writer);

    /// <summary>Opens the log for appending and listens to the installation's events until it is disposed.</summary>
    public static InstallLog Open(Installation installation)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        var path = installation.Directory.InstallLog;
        var log = new InstallLog(
            path,
            StateDirectoryUnusable.Trying(path, () => new StreamWriter(path, options) { AutoFlush = true })
        );
        installation.Events.Subscribe(log.Write);
        return log;
    }

    /// <summary>The log line for an event, without the time; null when the event is not logged.</summary>
    public static string? LineOf(EngineEvent happened) =>
        happened switch
        {
            RunStarted e => $"run started: {e.Site}, release {e.Release}" + (e.Rehearsal ? ", rehearsal" : ""),
            StepStarted e => $"{e.Step}: started, attempt {e.Attempt}: {e.Why}",
            Progress e => $"{e.Step}: {e.Text}",
            Log e => $"{e.Step}: {e.Line}",
            StepFinished e =>
                $"{e.Step}: {e.Status.ToString().ToLowerInvariant()}{(e.Skipped ? ", was in place" : "")}: {e.Summary}",
            Finished e => $"run ended: exit code {e.ExitCode}{(e.Message is null ? "" : $": {e.Error}: {e.Message}")}",
            _ => null,
        };

    /// <summary>Stops listening and closes the file.</summary>
    public void Dispose()
    {
        lock (_writer)
        {
            _closed = true;
            _writer.Dispose();
        }
    }

    private void Write(EngineEvent happened)
    {
        if (LineOf(happened) is not { } line)
        {
            return;
        }

        lock (_writer)
        {
            // A change of the ratio alone is not logged.
            if (!_closed && (happened is not Progress || line != _lastProgress))
            {
                _lastProgress = happened is Progress ? line : _lastProgress;
                Append(string.Create(CultureInfo.InvariantCulture, $"{happened.At:yyyy-MM-ddTHH:mm:ss.fffZ} {line}"));
            }
        }
    }

    private void Append(string line)
    {
        try
        {
            _writer.WriteLine(line);
        }
        catch (IOException e)
        {
            throw new StateDirectoryUnusable($"{_path}: cannot be written: {e.Message}", e);
        }
    }
}
