using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>What a front end knows of a step.</summary>
/// <param name="Id">One of <see cref="StepId"/>.</param>
internal sealed record StepView(string Id)
{
    public StepStatus Status { get; init; }

    /// <summary>When it began, while it is at work.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>How long it took, when it ended.</summary>
    public double? Seconds { get; init; }

    /// <summary>It was in place already.</summary>
    public bool Skipped { get; init; }

    /// <summary>What it does now, or what is there.</summary>
    public string Text { get; init; } = "";

    /// <summary>What there is to know beside it: what is left, how long nothing was heard.</summary>
    public string? Note { get; init; }

    /// <summary>0 to 1, or null when it cannot be known.</summary>
    public double? Ratio { get; init; }
}
