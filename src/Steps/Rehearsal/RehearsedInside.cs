namespace ErpInstaller.Rehearsal;

/// <summary>The output of <c>doctor.py</c> for a working site.</summary>
internal static class RehearsedInside
{
    public const string Json = """
        {"maintenance": false, "has_encryption_key": true,
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
