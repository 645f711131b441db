using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers.Interview;

/// <summary>
/// Checks during the interview whether a named secret is available and valid. Without it, a run would end before its
/// first step.
/// </summary>
public static class SecretAvailability
{
    /// <summary>Reads the variable or file and forgets its value.</summary>
    /// <returns>The problem; null if there is none, or if the answer names no variable or file.</returns>
    public static SecretUnavailable? Problem(AnswerFile answers, Question question)
    {
        if (question.Source(answers) is not { Literal: null } source || question.Description is not SecretKey key)
        {
            return null;
        }

        try
        {
            key.Resolve(source, new SecretStore(), question.Label);
            return null;
        }
        catch (SecretUnavailable e)
        {
            return e;
        }
    }
}
