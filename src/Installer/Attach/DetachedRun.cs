using ErpInstaller.Core.Files;
using ErpInstaller.Json;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>
/// The detached side of <see cref="EngineProcess"/>: a run in its own session. Until it holds the run lock, its
/// standard streams are pipes to the starter, which reports errors. Afterwards they are a file of the state directory.
/// </summary>
internal sealed class DetachedRun
{
    /// <summary>The hidden option of every command of an operation that starts a detached run.</summary>
    public const string Option = "--detached";

    /// <summary>The hidden option of <c>install</c> for a rehearsal at a pace that a person can follow.</summary>
    public const string Watched = "--watched";

    private readonly StateDirectory _directory;
    private readonly JsonFrontEnd _starter;

    private DetachedRun(StateDirectory directory, JsonFrontEnd starter) =>
        (_directory, _starter) = (directory, starter);

    /// <summary>Leaves the terminal's session.</summary>
    public static DetachedRun Begin(StateDirectory directory)
    {
        PosixProcess.LeaveSession();

        // A separate stream: it remains the pipe when standard output becomes a file, and ignores a closed pipe.
        return new DetachedRun(directory, new JsonFrontEnd(new StreamWriter(Console.OpenStandardOutput())));
    }

    /// <summary>
    /// Tells the starter how the run begins and ends. In between it writes only a few lines, which a pipe holds without
    /// a reader. Front ends that connect get everything.
    /// </summary>
    public void Hear(EngineEvent happened)
    {
        if (happened is RunStarted)
        {
            PosixProcess.SendOutputTo(_directory.EngineOutput);
        }

        if (happened is RunStarted or StepStarted or StepFinished or Finished)
        {
            _starter.Show(happened);
        }
    }
}
