using System.CommandLine;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;
using ErpInstaller.Support;

namespace ErpInstaller.CommandLine;

/// <summary><c>support-bundle</c>: an archive for the people who help, without secrets.</summary>
internal static class SupportBundleCommand
{
    private static readonly Argument<string?> Archive = new("FILE")
    {
        Description = "The archive to write. Default: erp-installer-support-TIME.tar.gz in this directory.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        var command = new Command(
            "support-bundle",
            "Write state, logs, host facts, plan and jobs into one archive, without secrets."
        )
        {
            Archive,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session =>
                    RunAsync(session, parsed.GetValue(Archive), cancellation)
                )
        );
        return command;
    }

    private static async Task<ExitCode> RunAsync(Session session, string? file, CancellationToken cancellation)
    {
        BundleContent.CheckTarget(file ?? $"{BundleContent.NameAt(TimeProvider.System.GetUtcNow())}.tar.gz");
        var installation = session.Introduce(Open(session));
        var content = await new SupportBundle(installation, session.Options.Answers).CollectAsync(cancellation);
        foreach (var added in content.Files)
        {
            session.Events.Publish(new FileBundled(added.Name, added.About, added.Bytes, added.Removed, added.LeftOut));
        }

        foreach (var remark in content.Remarks)
        {
            session.Events.Publish(new AnswerWarning($"not in the bundle: {remark}"));
        }

        var path = Path.GetFullPath(file ?? $"{content.Name}.tar.gz");
        var bytes = content.Write(path);
        session.Events.Publish(new FileWritten(path));
        return session.End(
            ExitCode.Done,
            $"{ByteSize.Text(bytes)}, readable by its owner only. Read it before you send it: "
                + $"tar -xzf {ShellWord.Of(path)}"
        );
    }

    // A bundle is wanted when something is wrong, and that may be the answers.
    private static Installation Open(Session session)
    {
        SessionAnswers? answers = null;
        try
        {
            answers = session.ReadAnswers(tellWarnings: false);
            return session.Open(answers);
        }
        catch (InstallerException e)
        {
            session.Events.Publish(new AnswerWarning(e.Message));
        }

        return answers is null ? session.Open(new AnswerFile()) : session.Open(WithoutToken(answers));
    }

    private static SessionAnswers WithoutToken(SessionAnswers answers)
    {
        var all = answers.Settings.Answers;
        return answers with
        {
            Settings = answers.Settings with { Answers = all with { Nomad = all.Nomad with { Token = null } } },
        };
    }
}
