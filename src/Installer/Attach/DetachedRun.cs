using ErpInstaller.Core.Files;
using ErpInstaller.Json;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>
/// The inner side of <see cref="EngineProcess"/>: a run in a session of its own. Until it has begun (and so holds the lock),
/// its standard streams are pipes to whoever started it, who is told what is wrong; then they are a file of the state directory.
/// </summary>
internal sealed class DetachedRun
{
    /// <summary>The hidden option of <c>install</c> that asks for it.</summary>
    public const string Option = "--detached";

    /// <summary>The hidden option of <c>install</c> for a rehearsal that a person watches.</summary>
    public const string Watched = "--watched";

    private readonly StateDirectory _directory;
    private readonly JsonFrontEnd _starter;

    private DetachedRun(StateDirectory directory, JsonFrontEnd starter) =>
        (_directory, _starter) = (directory, starter);

    /// <summary>Leaves the terminal's session.</summary>
    public static DetachedRun Begin(StateDirectory directory)
    {
        PosixProcess.LeaveSession();

        // A stream of its own: it stays the pipe when standard output becomes a file, and is quiet when nobody reads any more.
        return new DetachedRun(directory, new JsonFrontEnd(new StreamWriter(Console.OpenStandardOutput())));
    }

    /// <summary>
    /// Tells the starter how the run begins and ends. Of what is between only a few lines, which a pipe holds without a
    /// reader: the rest is for those who connect.
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
