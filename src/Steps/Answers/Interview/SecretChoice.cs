using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers.Interview;

/// <summary>What there is to say of a secret that the answers name, while they are given: without it a run ends before it did anything.</summary>
public static class SecretChoice
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
