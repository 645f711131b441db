namespace ErpInstaller.Answers.Interview;

/// <summary>How a question is answered.</summary>
public enum QuestionKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>The path of a file.</summary>
    Path,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of several words.</summary>
    Choice,

    /// <summary>Any of several words.</summary>
    Choices,

    /// <summary>A secret: typed, or where it is.</summary>
    Secret,
}
