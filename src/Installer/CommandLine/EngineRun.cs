using System.CommandLine;
using ErpInstaller.Attach;
using ErpInstaller.Core.Errors;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary>A run in this process, to which other front ends can attach.</summary>
internal static class EngineRun
{
    private static readonly Option<bool> Detached = new(DetachedRun.Option) { Hidden = true };

    private static readonly Option<bool> Watched = new(DetachedRun.Watched) { Hidden = true };

    /// <summary>The command that runs an operation, in this process or in a detached one.</summary>
    /// <param name="acceptChanges">Whether to continue although the answers changed since the last run.</param>
    /// <param name="options">The options that only this operation has.</param>
    public static Command CommandOf(
        Operation operation,
        string description,
        Func<ParseResult, bool> acceptChanges,
        params IEnumerable<Option> options
    ) =>
        CommandOf(
            new Command(operation.Id, description),
            (_, _, _) => Task.FromResult(operation),
            acceptChanges,
            options
        );

    /// <summary>The same where the command line or a question says what the operation is.</summary>
    /// <param name="command">The command, with its arguments.</param>
    /// <param name="choose">Reads the operation, and asks for a confirmation where it needs one.</param>
    public static Command CommandOf(
        Command command,
        Func<Session, ParseResult, CancellationToken, Task<Operation>> choose,
        Func<ParseResult, bool> acceptChanges,
        params IEnumerable<Option> options
    )
    {
        foreach (var option in options.Concat([Detached, Watched]))
        {
            command.Add(option);
        }

        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(
                    CommonOptions.Read(parsed),
                    parsed.GetValue(Detached) ? session => DetachedRun.Begin(session.Directory).Hear : null,
                    async session =>
                    {
                        var operation = await choose(session, parsed, cancellation);
                        return await RunAsync(
                            session,
                            () => Open(session, parsed, operation),
                            acceptChanges(parsed),
                            parsed.GetValue(Detached),
                            cancellation
                        );
                    }
                )
        );
        return command;
    }

    private static Installation Open(Session session, ParseResult parsed, Operation operation) =>
        session.Open(
            parsed.GetValue(CommonOptions.UpdateLock),
            parsed.GetValue(Watched) ? RehearsalPace.Watched : RehearsalPace.Quick,
            operation
        );

    /// <summary>Runs the operation of an installation. All commands that start a run in their process use it.</summary>
    /// <param name="open">Opens the installation, after others can attach and receive its events.</param>
    public static async Task<ExitCode> RunAsync(
        Session session,
        Func<Installation> open,
        bool acceptChanges,
        bool isDetached,
        CancellationToken cancellation
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var server = new EngineServer(session.Directory, stop.CancelAsync, text => Warn(session, text));
        session.Events.Subscribe(happened => Hear(server, happened, session, isDetached));
        var installation = open();
        var finished = await new ErpInstaller.Run.Installer(installation).RunAsync(acceptChanges, stop.Token);
        return (ExitCode)finished.ExitCode;
    }

    // Without a socket no other program can attach. The run continues, because its own terminal shows it.
    private static void Hear(EngineServer server, EngineEvent happened, Session session, bool isDetached)
    {
        try
        {
            server.Hear(happened);
        }
        catch (EngineSocketUnusable e) when (!isDetached)
        {
            Warn(session, e.Message);
        }
    }

    private static void Warn(Session session, string text) =>
        session.Events.Publish(new Log("engine", LogLevel.Warning, text));
}
