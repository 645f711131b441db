using ErpInstaller.Answers;
using ErpInstaller.Core.Files;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Following;

/// <summary>
/// The init job's report about the site's mail: publishes its warnings, and keeps the last line for the end of each
/// run.
/// </summary>
internal sealed class MailReport(StepContext context)
{
    private const string Prefix = $"{ContainerGroups.CreateSiteTask}: mail: ";
    private const string Warning = "warning: ";

    private string File => context.Directory.In("mail.txt");

    /// <summary>Searches the log of the init job that has just ended.</summary>
    public void Tell()
    {
        var log = context.Directory.In(InitLog.FileName);
        if (!MailSettings.IsWanted(context.Answers) || !System.IO.File.Exists(log))
        {
            return;
        }

        var said = System
            .IO.File.ReadLines(log)
            .Where(l => l.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(l => l[Prefix.Length..])
            .ToList();
        foreach (var line in said.Where(l => l.StartsWith(Warning, StringComparison.Ordinal)))
        {
            context.Report.Log($"mail: {line[Warning.Length..]}", LogLevel.Warning);
        }

        if (said.Count > 0)
        {
            AtomicFile.Write(File, said[^1]);
        }
    }

    /// <summary>
    /// For the end of a run: the site's mail server and the last report; null without mail.
    /// </summary>
    public string? Summary() =>
        !MailSettings.IsWanted(context.Answers)
            ? null
            : MailSettings.Describe(context.Answers.Mail)
                + (System.IO.File.Exists(File) ? $"; {System.IO.File.ReadAllText(File).Trim()}" : "");
}
