using ErpInstaller.Core.Toml;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Rules;

/// <summary>
/// Rules that look at more than one key, or at the release. They see only values that are valid on their own.
/// </summary>
internal static class AnswerRules
{
    /// <summary>Applies all rules. Returns the release, or null when no release has that name.</summary>
    public static Release? Check(CheckedKeys keys, AnswerFile answers, AnswersVocabulary known, ProblemList problems)
    {
        new SiteRules(keys, answers, problems).Check();
        new CertificateRules(keys, answers, problems).Check();
        new MailRules(keys, answers.Mail, problems).Check();
        new ImageRules(keys, answers.Image, problems).Check();
        new NomadRules(keys, answers.Nomad, problems).Check();
        new ClusterRules(keys, answers, problems).Check();
        new BackupRules(keys, answers.Backup, problems).Check();
        return new AppRules(keys, answers, known, problems).Check();
    }
}
