using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers.Interview;

/// <summary>
/// Whether a secret that the answers name can be had, told while the answers are given: without it a run would end before
/// it did anything.
/// </summary>
public static class SecretAvailability
{
    /// <summary>Looks at the variable or file. Quick; what is read is forgotten.</summary>
    /// <returns>Why it cannot be had now; null when it can, and where the question's answer names none.</returns>
    public static SecretUnavailable? Problem(AnswerFile answers, Question question)
    {
        if (question.Source(answers) is not { Literal: null } source)
        {
            return null;
        }

        try
        {
            new SecretStore().Resolve(source, question.Label);
            return null;
        }
        catch (SecretUnavailable e)
        {
            return e;
        }
    }
}
