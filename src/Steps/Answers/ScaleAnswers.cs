namespace ErpInstaller.Answers;

/// <summary>The <c>[scale]</c> table: how many containers each. The scheduler is always one.</summary>
public sealed record ScaleAnswers
{
    /// <summary>Gunicorn containers.</summary>
    public int Backend { get; init; } = 1;

    /// <summary>Workers of the queues short and default.</summary>
    public int QueueShort { get; init; } = 1;

    /// <summary>Workers of the queue long.</summary>
    public int QueueLong { get; init; } = 1;
}
