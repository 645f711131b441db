using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>The state of a step as a front end shows it.</summary>
/// <param name="Id">One of <see cref="StepId"/>.</param>
internal sealed record StepView(string Id)
{
    public StepStatus Status { get; init; }

    /// <summary>When it began; null unless it is running.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>Its duration; null until it has ended.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether its result was in place already.</summary>
    public bool Skipped { get; init; }

    /// <summary>Its progress or its result.</summary>
    public string Text { get; init; } = "";

    /// <summary>A note beside it, such as the remaining time.</summary>
    public string? Note { get; init; }

    /// <summary>Its progress from 0 to 1, or null if it is not known.</summary>
    public double? Ratio { get; init; }
}
