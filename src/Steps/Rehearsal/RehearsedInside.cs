namespace ErpInstaller.Rehearsal;

/// <summary>The output of the commands that look at a working site from inside its containers.</summary>
internal static class RehearsedInside
{
    // The same disk as the sites have.
    private const string DatabaseDisk = "7568360 12207032 4096\n";

    /// <summary>The output of a command.</summary>
    public static string AnswerTo(IReadOnlyList<string> command) => command is ["stat", ..] ? DatabaseDisk : Json;

    /// <summary>The output of <c>site_look.py</c>: all its parts.</summary>
    public const string Json = """
        {"queues": [{"name": "short", "length": 0, "running": 0, "failed": 0, "abandoned": 0},
                    {"name": "default", "length": 2, "running": 1, "failed": 0, "abandoned": 0, "oldest_seconds": 3},
                    {"name": "long", "length": 0, "running": 0, "failed": 1, "abandoned": 0}],
         "workers": {"count": 2, "busy": 1}, "scheduler": {"seconds": 140},
         "disk": {"free": 31000000000, "size": 50000000000},
         "maintenance": false, "has_encryption_key": true,
         "database": {"connections": 14, "most_connections": 31, "max_connections": 151, "slow_queries": 2,
                      "uptime_seconds": 1209600, "pool_bytes": 1073741824, "pool_reads": 41000,
                      "pool_requests": 98000000, "data_bytes": 312000000, "longest_seconds": 0},
         "stores": [{"name": "redis-cache", "used_bytes": 38000000, "max_bytes": 268435456, "policy": "allkeys-lru",
                     "evicted": 0},
                    {"name": "redis-queue", "used_bytes": 4200000, "max_bytes": 0, "policy": "noeviction",
                     "evicted": 0}],
         "error_count": 3, "error_kinds": [{"kind": "frappe.email.receive", "count": 3}], "mail_waiting": 0,
         "mail_failed": 0, "stored_passwords": 2, "database_apps": {"frappe": "15.78.1", "erpnext": "15.75.1"},
         "image_apps": {"frappe": "15.78.1", "erpnext": "15.75.1"}, "log_bytes": 12000000, "errors": {}}
        """;
}
