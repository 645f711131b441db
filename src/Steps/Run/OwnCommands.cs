using System.Text.RegularExpressions;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Run;

/// <summary>
/// The installer's own commands, as the operator can type them. Messages call them <c>erp-installer plan</c>; the
/// operator may have used another path, and must reach the same state directory.
/// </summary>
/// <param name="program">The installer's path as the operator typed it, quoted for a shell if necessary.</param>
/// <param name="sameState">See <see cref="StateDirectory.SameState"/>.</param>
/// <param name="answers">
/// The answer file that the operator gave; it replaces FILE in <c>--answers FILE</c>. Null: none was given.
/// </param>
public sealed partial class OwnCommands(string program, string sameState, string? answers = null)
{
    /// <summary>The installer's path as the operator typed it.</summary>
    public string Program => program;

    /// <summary>The command that opens the full screen on the same state.</summary>
    public string Start => program + sameState;

    /// <summary>The text with each command in it completed, so that it can be typed.</summary>
    public string In(string text) =>
        text.Contains("erp-installer ", StringComparison.Ordinal)
            ? WithAnswers(Command().Replace(text, m => $"{program} {m.Groups["word"]}{StateFor(m)}"))
            : text;

    private string WithAnswers(string text) =>
        answers is null
            ? text
            : text.Replace("--answers FILE", $"--answers {ShellWord.Of(answers)}", StringComparison.Ordinal);

    // validate and --help do not depend on the state directory. A command that already names a
    // directory stays unchanged.
    private string StateFor(Match command) =>
        command.Groups["word"].Value is "validate" or "--help" || command.Groups["state"].Success ? "" : sameState;

    // Not the end of a path, such as /var/lib/erp-installer.
    [GeneratedRegex(
        @"(?<![\w/.-])erp-installer (?<word>install|validate|check|plan|status|backups|backup|restore|rollback|secrets"
            + @"|apps|scale|renew|logs|restart|shell|bench|remove|export|attach|doctor|support-bundle|--plain|--help)\b"
            + @"(?=(?<state> --rehearse| --state-dir)?)"
    )]
    private static partial Regex Command();
}
