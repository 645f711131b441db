using ErpInstaller.Answers.Keys;

namespace ErpInstaller.Answers.Interview;

/// <summary>Descriptions of keys by their full names.</summary>
internal static class QuestionKeys
{
    /// <summary>A text whose choices the assets decide.</summary>
    public const string Release = "erpnext.release";

    /// <summary>The description of a key with a value.</summary>
    public static ValueKey Find(string key)
    {
        AnswerKey? found = AnswerKeys.File;
        foreach (var name in key.Split('.'))
        {
            found = (found as TableKey)?.Find(name);
        }

        return found as ValueKey ?? throw new ArgumentOutOfRangeException(nameof(key), key, "No key of the answers.");
    }
}
