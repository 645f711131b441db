namespace ErpInstaller.Answers;

/// <summary>The <c>[resources]</c> table: the size of one container of each group.</summary>
public sealed record ResourcesAnswers
{
    /// <summary>MariaDB.</summary>
    public ContainerResources Database { get; init; } = new() { Cpu = 500, Memory = 1024 };

    /// <summary>Redis whose content may be lost.</summary>
    public ContainerResources RedisCache { get; init; } = new() { Cpu = 200, Memory = 256 };

    /// <summary>Redis that holds the background jobs.</summary>
    public ContainerResources RedisQueue { get; init; } = new() { Cpu = 200, Memory = 256 };

    /// <summary>Redis of the guide's realtime messages.</summary>
    public ContainerResources RedisSocketio { get; init; } = new() { Cpu = 200, Memory = 256 };

    /// <summary>Each of the two containers of the init job.</summary>
    public ContainerResources Init { get; init; } = new() { Cpu = 500, Memory = 1024 };

    /// <summary>Gunicorn with all apps.</summary>
    public ContainerResources Backend { get; init; } = new() { Cpu = 2000, Memory = 4096 };

    /// <summary>Node.js with socket.io.</summary>
    public ContainerResources Websocket { get; init; } = new() { Cpu = 200, Memory = 512 };

    /// <summary>nginx.</summary>
    public ContainerResources Frontend { get; init; } = new() { Cpu = 500, Memory = 1024 };

    /// <summary>The scheduler.</summary>
    public ContainerResources Scheduler { get; init; } = new() { Cpu = 200, Memory = 512 };

    /// <summary>Worker of quick jobs.</summary>
    public ContainerResources QueueShort { get; init; } = new() { Cpu = 1000, Memory = 2048 };

    /// <summary>Worker of long jobs.</summary>
    public ContainerResources QueueLong { get; init; } = new() { Cpu = 1000, Memory = 2048 };
}

/// <summary>A <c>[resources.GROUP]</c> table.</summary>
public sealed record ContainerResources
{
    /// <summary>CPU reserved for one container, in millicores. A reservation, not a limit.</summary>
    public int Cpu { get; init; }

    /// <summary>Memory of one container, in MiB. A hard limit.</summary>
    public int Memory { get; init; }
}

/// <summary>The <c>[scale]</c> table: the number of containers in each group. There is always one scheduler.</summary>
public sealed record ScaleAnswers
{
    /// <summary>Gunicorn containers.</summary>
    public int Backend { get; init; } = 1;

    /// <summary>Workers of the queues short and default.</summary>
    public int QueueShort { get; init; } = 1;

    /// <summary>Workers of the queue long.</summary>
    public int QueueLong { get; init; } = 1;
}
