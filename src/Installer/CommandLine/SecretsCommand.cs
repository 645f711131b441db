using System.CommandLine;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.Secrets;
using ErpInstaller.Lines;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>secrets</c>: lists where each secret is kept, shows one on a terminal, or rotates one.</summary>
internal static class SecretsCommand
{
    private static readonly Argument<string?> Name = new("NAME")
    {
        Description = "Show this secret; on a terminal only.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Rotate = new("--rotate")
    {
        Description = $"Give it a new value ({string.Join(", ", SecretRotation.Names)}); the next install applies it.",
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "Write it into a new file that only you can read, for a script.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("secrets", "List where each secret is kept, show one, or rotate one.")
        {
            Name,
            Rotate,
            To,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(To) is not null && (result.GetValue(Rotate) || result.GetValue(Name) is null))
            {
                result.AddError("--to needs the name of a secret, without --rotate");
            }

            if (result.GetValue(Rotate) && result.GetValue(Name) is null)
            {
                result.AddError($"--rotate needs a name: {string.Join(" or ", SecretRotation.Names)}");
            }
        });
        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session =>
                    (parsed.GetValue(Name), parsed.GetValue(Rotate)) switch
                    {
                        ({ } name, true) => RotateAsync(session, name, cancellation),
                        ({ } name, false) => ShowAsync(session, name, parsed.GetValue(To), cancellation),
                        _ => ListAsync(session, cancellation),
                    }
                )
        );
        return command;
    }

    private static async Task<ExitCode> ListAsync(Session session, CancellationToken cancellation)
    {
        foreach (var secret in await ListOf(session.Open()).LookAsync(cancellation))
        {
            session.Events.Publish(secret);
        }

        return Done(session, "Show one: erp-installer secrets NAME; rotate it: erp-installer secrets --rotate NAME");
    }

    // Not as an event: events are kept in logs and sent to other front ends.
    private static async Task<ExitCode> ShowAsync(
        Session session,
        string name,
        string? file,
        CancellationToken cancellation
    )
    {
        var list = ListOf(session.Open());
        var secret = SecretList.Named(name, await list.LookAsync(cancellation));
        if (file is null && (Console.IsOutputRedirected || session.Options.Output == OutputFormat.Json))
        {
            throw SecretRefused.NotOnTerminal(name);
        }

        var value = await list.ReadAsync(secret, cancellation);
        if (secret.State == SecretState.Waiting)
        {
            session.Events.Publish(
                new AnswerWarning($"{name} was rotated; the previous one is valid until the next install")
            );
        }

        if (file is not null)
        {
            SecretList.WriteNew(file, value);
            return Done(session, $"{name} is in {file}, which only you can read");
        }

        PlainLines.Output.WriteWhole(TerminalText.Clean(value.TrimEnd('\n')));
        return Done(session, message: null);
    }

    private static async Task<ExitCode> RotateAsync(Session session, string name, CancellationToken cancellation)
    {
        await new SecretRotation(session.Open()).RotateAsync(name, cancellation);
        return Done(session, "The next install applies it: erp-installer plan, then erp-installer install");
    }

    private static SecretList ListOf(Installation installation) => new(installation.ContextOf(new DeploymentStep()));

    private static ExitCode Done(Session session, string? message)
    {
        if (session.Options.Rehearse)
        {
            session.Events.Publish(
                new AnswerWarning("rehearsal: these secrets are simulated and give access to nothing")
            );
        }

        return session.End(ExitCode.Done, message);
    }
}
