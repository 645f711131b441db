using System.CommandLine;
using ErpInstaller.Composition;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;
using ErpInstaller.Screens.Frame;

namespace ErpInstaller.CommandLine;

/// <summary>
/// No command: opens the full screen, or plain lines if the terminal has none. Without a terminal it prints the next
/// commands.
/// </summary>
internal static class StartCommand
{
    /// <summary>Asks in plain lines; also works with a pipe.</summary>
    public static readonly Option<bool> Plain = new("--plain")
    {
        Description = "Ask in plain lines: for simple terminals, screen readers and scripts.",
    };

    // A person types, but the terminal has no full screen.
    private static bool HasOnlyLines =>
        !Console.IsInputRedirected
        && (Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb");

    public static Task<int> RunAsync(CommonOptions options, bool plain, CancellationToken cancellation) =>
        Session.RunAsync(options, session => plain || HasOnlyLines ? new PlainStart(session).RunAsync(cancellation)
            : HasScreen(options) ? FullScreenOf(session).RunAsync(() => RemoveCommand.RunAsync(session, cancellation))
            : TellAsync(session, cancellation));

    private static bool HasScreen(CommonOptions options) =>
        options.Output == OutputFormat.Text && !Console.IsInputRedirected && !Console.IsOutputRedirected;

    private static Task<ExitCode> TellAsync(Session session, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var state = new StateFile(session.Directory).Read();
        var next = InstallSteps.FindNext(s => state.Of(s).Status);
        return Task.FromResult(session.End(ExitCode.Done, Next(session, state, next)));
    }

    private static string Next(Session session, InstallState state, string? next) =>
        (state.Steps.Count, next) switch
        {
            (0, _) =>
                $"""
            Nothing is {(session.Options.Rehearse ? "rehearsed" : "installed")} from here yet. In this order:

            {Table(
                session,
                ("cp installer.toml my.toml && $EDITOR my.toml", "the file explains every key"),
                ("erp-installer validate my.toml", "reports mistakes, offline"),
                ("erp-installer check --answers my.toml", "checks this host"),
                ("erp-installer plan --answers my.toml", "shows what install would do"),
                ("erp-installer install --answers my.toml", "installs; can be interrupted"))}{Rehearsing(session)}
            """,
            (_, null) =>
                $"""
                All steps are done, as recorded in {session.Directory.Path}.

                {Table(
                    session,
                    ("erp-installer status", "shows the state of each step"),
                    ("erp-installer plan", "checks whether it is still in place")
                )}
                """,
            _ =>
                $"""
                The last run ended at the step {next} ({state.Of(next!).Status.ToString().ToLowerInvariant()}{(
                    state.Of(next!).Message is { } m ? ": " + m : ""
                )}).

                {Table(
                    session,
                    ("erp-installer status", "shows the state of each step"),
                    ("erp-installer install", $"resumes at {next} with the accepted answers")
                )}
                """,
        };

    private static string Rehearsing(Session session) =>
        session.Options.Rehearse
            ? ""
            : $"""


                To see all of it without Docker or Nomad, changing nothing:

                  {session.Commands.Program} install --rehearse --answers installer.toml
                """;

    // Padded here, after the program's name is known: a longer name would otherwise break the column.
    private static string Table(Session session, params (string Command, string Does)[] rows)
    {
        var typed = rows.Select(r => (Command: session.Commands.In(r.Command), r.Does)).ToList();
        var width = typed.Max(r => r.Command.Length);
        return string.Join('\n', typed.Select(r => $"  {r.Command.PadRight(width)}   {r.Does}"));
    }

    private static FullScreen FullScreenOf(Session session) =>
        new()
        {
            Program = ProgramName.Typed,
            Directory = session.Directory,
            Rehearse = session.Options.Rehearse,
            Assets = (session.Assets, session.Options.Assets),
            Answers = session.Options.Answers,
            Ascii = session.Options.Ascii,
        };
}
