using System.CommandLine;
using ErpInstaller.Core.Errors;
using ErpInstaller.Lines;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary>
/// Asks for the name of a site before a command replaces it. The commands <c>restore</c> and <c>rollback</c> do that.
/// </summary>
internal static class Replacement
{
    /// <summary>The name of the site, for scripts.</summary>
    public static readonly Option<string?> Option = new("--replace")
    {
        Description = "The name of the site, to replace it without a question.",
        HelpName = "SITE",
    };

    /// <summary>Goes on only if the name is given, or typed after what it replaces was shown.</summary>
    /// <param name="site">The name of the site.</param>
    /// <param name="command">The command that needs no question.</param>
    /// <param name="step">The step whose log shows what is replaced.</param>
    /// <param name="read">Reads what is replaced by what.</param>
    /// <exception cref="InstallerException">The name was not given, or is another one.</exception>
    public static async Task ConfirmAsync(
        Session session,
        ParseResult parsed,
        string site,
        string command,
        string step,
        Func<Task<IReadOnlyList<(string Name, string Value)>>> read,
        CancellationToken cancellation
    )
    {
        InstallerException NotConfirmed(string message) =>
            new(ErrorCode.RestoreNotConfirmed, message, $"Give its name: {command}");

        if (parsed.GetValue(Option) is not { } name)
        {
            if (!session.CanAsk)
            {
                throw NotConfirmed($"This replaces the site {site}, and there is no terminal to confirm it");
            }

            var lines = new OperatorLines(Console.Out, cancellation);
            foreach (var (label, value) in await read())
            {
                session.Events.Publish(new Log(step, LogLevel.Info, $"{label}: {value}"));
            }

            name = await lines.AskAsync($"This replaces {site}. Type its name to go on:");
        }

        if (name != site)
        {
            throw NotConfirmed($"The site is {site}, not {name}: nothing was replaced");
        }
    }
}
