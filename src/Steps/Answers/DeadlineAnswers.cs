namespace ErpInstaller.Answers;

/// <summary>The <c>[deadlines]</c> table: how long each wait may last, in minutes.</summary>
public sealed record DeadlineAnswers
{
    /// <summary>Building (and pushing) the image.</summary>
    public int Image { get; init; } = 180;

    /// <summary>Until the data job's four containers are healthy; includes pulling their images.</summary>
    public int Data { get; init; } = 20;

    /// <summary>Until the init job has made the site and installed the apps.</summary>
    public int Init { get; init; } = 60;

    /// <summary>Until the application job's containers are healthy.</summary>
    public int Application { get; init; } = 20;

    /// <summary>Until the site answers over HTTPS.</summary>
    public int Verification { get; init; } = 5;
}
