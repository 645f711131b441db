using ErpInstaller.Core.Toml;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Rules;

/// <summary>Rules that look at more than one key, or at the release. They see only what is good by itself.</summary>
internal static class AnswerRules
{
    /// <summary>Applies all of them; gives the release, or null when there is none of that name.</summary>
    public static Release? Check(CheckedKeys keys, AnswerFile answers, AnswersVocabulary known, ProblemList problems)
    {
        new SiteRules(keys, answers, problems).Check();
        new CertificateRules(keys, answers, problems).Check();
        new MailRules(keys, answers.Mail, problems).Check();
        new ImageRules(keys, answers.Image, problems).Check();
        new NomadRules(keys, answers.Nomad, problems).Check();
        new ClusterRules(keys, answers, problems).Check();
        return new AppRules(keys, answers, known, problems).Check();
    }
}
