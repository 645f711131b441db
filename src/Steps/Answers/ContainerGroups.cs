namespace ErpInstaller.Answers;

/// <summary>
/// Every group of containers, in the order in which questions and jobs have them. Jobs, sizes, host checks, capacity
/// and verification all read this table.
/// </summary>
public static class ContainerGroups
{
    /// <summary>The task that writes the bench's configuration.</summary>
    public const string ConfiguratorTask = "configurator";

    /// <summary>The task that creates the site and installs the apps.</summary>
    public const string CreateSiteTask = "create-site";

    /// <summary>MariaDB.</summary>
    public static readonly ContainerGroup Database = new()
    {
        Name = "database",
        Job = JobRole.Data,
        Tasks = ["mariadb"],
        Label = "Database",
        Summary = "MariaDB.",
        Port = new("db", 3306),
        Data = new("/var/lib/mysql") { Volume = "db-data", HostVolume = c => c.DatabaseVolume },
        Size = r => r.Database,
        WithSize = (r, size) => r with { Database = size },
    };

    /// <summary>The Redis of Frappe's cache. It evicts keys when its memory is full.</summary>
    public static readonly ContainerGroup RedisCache = new()
    {
        Name = "redis-cache",
        Job = JobRole.Data,
        Label = "Redis cache",
        Summary = "Redis of the cache.",
        Command = ["redis-server", "--save", ""],
        Port = new("redis-cache", 6379),
        Data = new("/data"),
        Size = r => r.RedisCache,
        WithSize = (r, size) => r with { RedisCache = size },
    };

    /// <summary>The Redis that holds the waiting background jobs.</summary>
    public static readonly ContainerGroup RedisQueue = new()
    {
        Name = "redis-queue",
        Job = JobRole.Data,
        Label = "Redis queue",
        Summary = "Redis that holds the background jobs.",
        Command = ["redis-server", "--appendonly", "yes"],
        Port = new("redis-queue", 6379),
        Data = new("/data") { Volume = "redis-queue-data", HostVolume = c => c.RedisQueueVolume },
        Size = r => r.RedisQueue,
        WithSize = (r, size) => r with { RedisQueue = size },
    };

    /// <summary>The Redis for realtime messages to browsers.</summary>
    public static readonly ContainerGroup RedisSocketio = new()
    {
        Name = "redis-socketio",
        Job = JobRole.Data,
        Label = "Redis socketio",
        Summary = "Redis of the realtime messages.",
        Command = ["redis-server", "--save", ""],
        Port = new("redis-socketio", 6379),
        Data = new("/data"),
        Size = r => r.RedisSocketio,
        WithSize = (r, size) => r with { RedisSocketio = size },
    };

    /// <summary>The scripts that create the site. They run one after the other, then end.</summary>
    public static readonly ContainerGroup Init = new()
    {
        Name = "init",
        Group = "site",
        Job = JobRole.Init,
        Tasks = [ConfiguratorTask, CreateSiteTask],
        Label = "Init",
        Summary = "Each container that prepares the site.",
        Size = r => r.Init,
        WithSize = (r, size) => r with { Init = size },
    };

    /// <summary>Gunicorn, which answers requests.</summary>
    public static readonly ContainerGroup Backend = new()
    {
        Name = "backend",
        Job = JobRole.Application,
        Label = "Backend",
        Summary = "Gunicorn with all apps.",
        Port = new("backend", 8000),
        Scale = new(
            "Backends",
            "Containers that answer requests.",
            s => s.Backend,
            (s, count) => s with { Backend = count }
        ),
        Size = r => r.Backend,
        WithSize = (r, size) => r with { Backend = size },
    };

    /// <summary>Node.js with socket.io, which sends realtime messages to browsers.</summary>
    public static readonly ContainerGroup Websocket = new()
    {
        Name = "websocket",
        Job = JobRole.Application,
        Label = "Websocket",
        Summary = "Node.js with socket.io.",
        Port = new("websocket", 9000),
        Size = r => r.Websocket,
        WithSize = (r, size) => r with { Websocket = size },
    };

    /// <summary>nginx. Users reach this group only, and it does not use the database.</summary>
    public static readonly ContainerGroup Frontend = new()
    {
        Name = "frontend",
        Job = JobRole.Application,
        Label = "Frontend",
        Summary = "nginx.",
        Size = r => r.Frontend,
        WithSize = (r, size) => r with { Frontend = size },
    };

    /// <summary>Starts scheduled jobs. Two schedulers would run every scheduled job twice.</summary>
    public static readonly ContainerGroup Scheduler = new()
    {
        Name = "scheduler",
        Job = JobRole.Application,
        Label = "Scheduler",
        Summary = "The scheduler.",
        Command = ["bench", "schedule"],
        Size = r => r.Scheduler,
        WithSize = (r, size) => r with { Scheduler = size },
    };

    /// <summary>Workers of quick jobs.</summary>
    public static readonly ContainerGroup QueueShort = new()
    {
        Name = "queue-short",
        Job = JobRole.Application,
        Label = "Short queue",
        Summary = "Worker of quick jobs.",
        Command = ["bench", "worker", "--queue", "short,default"],
        Scale = new(
            "Short-queue workers",
            "Workers of the queues short and default.",
            s => s.QueueShort,
            (s, count) => s with { QueueShort = count }
        ),
        Size = r => r.QueueShort,
        WithSize = (r, size) => r with { QueueShort = size },
    };

    /// <summary>Workers of long jobs.</summary>
    public static readonly ContainerGroup QueueLong = new()
    {
        Name = "queue-long",
        Job = JobRole.Application,
        Label = "Long queue",
        Summary = "Worker of long jobs.",
        Command = ["bench", "worker", "--queue", "long,default,short"],
        Scale = new(
            "Long-queue workers",
            "Workers of the queue long.",
            s => s.QueueLong,
            (s, count) => s with { QueueLong = count }
        ),
        Size = r => r.QueueLong,
        WithSize = (r, size) => r with { QueueLong = size },
    };

    /// <summary>All groups.</summary>
    public static readonly IReadOnlyList<ContainerGroup> All =
    [
        Database,
        RedisCache,
        RedisQueue,
        RedisSocketio,
        Init,
        Backend,
        Websocket,
        Frontend,
        Scheduler,
        QueueShort,
        QueueLong,
    ];

    /// <summary>The groups of long-running containers: those of the data job and of the application job.</summary>
    public static IEnumerable<ContainerGroup> Serving => All.Where(g => g.Job != JobRole.Init);

    /// <summary>The groups of a job.</summary>
    public static IEnumerable<ContainerGroup> Of(JobRole job) => All.Where(g => g.Job == job);

    /// <summary>The group with a name at Nomad; null: the installer has no such group.</summary>
    public static ContainerGroup? Find(string group) => All.FirstOrDefault(g => g.Group == group);
}
