"""Reads a running site from inside, for `erp-installer status --live` and `erp-installer doctor`. It runs by exec in a
Frappe container, with Python's own library only: importing Frappe would take a second of CPU each time.

Arguments: the site, then the parts to read, which are the functions of PARTS. Its output is one JSON object. A part
that cannot be read is left out; "errors" says why.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

BENCH = Path(os.environ.get("BENCH", "/home/frappe/frappe-bench"))
SITES = BENCH / "sites"
SITE = sys.argv[1]
QUEUES = ("short", "default", "long")
STORES = ("redis_cache", "redis_queue", "redis_socketio")
HOSTS = {"db_host": "localhost", "db_port": 3306}
TIMEOUT_SECONDS = 3
# A worker that is killed stays in the list for so long (rq/worker.py: its key lives for the job timeout plus a minute).
WORKER_SECONDS = 480
LONGEST = 200
MOST_KINDS = 5
# Frappe's own, until the setup wizard has run (frappe/utils/data.py).
TIME_ZONE = "Asia/Kolkata"


def configuration():
    """The configuration of the bench and the site. The environment comes first (frappe/config.py)."""
    values = {}
    for file in (SITES / "common_site_config.json", SITES / SITE / "site_config.json"):
        values |= json.loads(file.read_text())
    for key in (*HOSTS, *STORES):
        values[key] = os.environ.get(f"FRAPPE_{key.upper()}") or values.get(key) or HOSTS.get(key)
    return values


def is_on(conf, key):
    return bool(conf.get(key)) and str(conf[key]) != "0"


def query(conf, *statements):
    """The rows of all statements, one after the other."""
    client = shutil.which("mariadb") or shutil.which("mysql") or "mariadb"
    done = subprocess.run(
        [
            client, "--no-defaults", "--protocol=tcp", f"--host={conf['db_host']}", f"--port={conf['db_port']}",
            f"--user={conf.get('db_user') or conf['db_name']}", f"--connect-timeout={TIMEOUT_SECONDS}", "--batch",
            "--skip-column-names", conf["db_name"],
        ],
        # Standard input and the environment: an argument would show in the process list.
        input=";\n".join(statements) + ";\n", env=os.environ | {"MYSQL_PWD": conf["db_password"]},
        capture_output=True, text=True, timeout=TIMEOUT_SECONDS,
    )
    if done.returncode:
        # The client repeats the statement before it says what is wrong with it.
        said = done.stderr.strip().splitlines()
        raise OSError(next((line for line in said if line.startswith("ERROR")), None)
                      or (said[-1] if said else f"{client} ended with {done.returncode}"))
    return [line.split("\t") for line in done.stdout.splitlines()]


class Redis:
    """The few commands that are needed, in Redis's own protocol."""

    def __init__(self, url):
        place = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((place.hostname, place.port or 6379), TIMEOUT_SECONDS)
        self.lines = self.socket.makefile("rb")
        if place.password:
            user = [urllib.parse.unquote(place.username)] if place.username else []
            self.ask(["AUTH", *user, urllib.parse.unquote(place.password)])

    def ask(self, *commands):
        """Sends commands together. Returns their answers."""
        packed = b""
        for command in commands:
            words = [str(word).encode() for word in command]
            packed += b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in words)
        self.socket.sendall(packed)
        return [self.read() for _ in commands]

    def read(self):
        line = self.lines.readline()
        kind, rest = line[:1], line[1:].strip()
        if kind == b"-":
            raise OSError(rest.decode())
        if kind == b":":
            return int(rest)
        if kind == b"*":
            return [self.read() for _ in range(int(rest))]
        if kind == b"$":
            return None if rest == b"-1" else self.lines.read(int(rest) + 2)[:-2].decode(errors="replace")
        if kind == b"+":
            return rest.decode()
        raise OSError("the connection ended")


def time_zone(conf):
    """The site's own: its database has times without a zone."""
    zone = query(
        conf, "SELECT MAX(value) FROM tabSingles WHERE doctype = 'System Settings' AND field = 'time_zone'"
    )[0][0]
    return ZoneInfo(zone if zone not in ("NULL", "") else TIME_ZONE)


def seconds_since(text):
    """The age of a time of RQ: UTC, ISO 8601."""
    then = datetime.fromisoformat(text.replace("Z", "")).replace(tzinfo=timezone.utc)
    return max(0, round(time.time() - then.timestamp()))


def queues(conf):
    redis = Redis(conf["redis_queue"])
    bench = conf.get("bench_id") or str(BENCH).strip("/").replace("/", "-")
    found = []
    for name in QUEUES:
        key = f"{bench}:{name}"
        length, running, failed, stuck, oldest = redis.ask(
            ("LLEN", f"rq:queue:{key}"),
            ("ZCARD", f"rq:wip:{key}"),
            ("ZCARD", f"rq:failed:{key}"),
            # The score is the end of the time that the job may take.
            ("ZCOUNT", f"rq:wip:{key}", "1", int(time.time())),
            ("LINDEX", f"rq:queue:{key}", 0),
        )
        queue = {"name": name, "length": length, "running": running, "failed": failed, "abandoned": stuck}
        if oldest and (since := redis.ask(("HGET", f"rq:job:{oldest}", "enqueued_at"))[0]):
            queue["oldest_seconds"] = seconds_since(since)
        found.append(queue)
    return {"queues": found, "workers": workers(redis)}


def workers(redis):
    names = redis.ask(("SMEMBERS", "rq:workers"))[0]
    states = redis.ask(*(("HMGET", name, "last_heartbeat", "state") for name in names)) if names else []
    alive = [state for beat, state in states if beat and seconds_since(beat) <= WORKER_SECONDS]
    return {"count": len(alive), "busy": alive.count("busy")}


def scheduler(conf):
    for key in ("maintenance_mode", "pause_scheduler", "disable_scheduler"):
        if is_on(conf, key):
            return {"scheduler": {"off": key}}
    enabled, last = query(
        conf,
        "SELECT (SELECT MAX(value) FROM tabSingles WHERE doctype = 'System Settings' AND field = 'enable_scheduler'), "
        "(SELECT MAX(last_execution) FROM `tabScheduled Job Type`)",
    )[0]
    if enabled != "1":
        return {"scheduler": {"off": "enable_scheduler"}}
    if last == "NULL":
        return {"scheduler": {}}
    ran = datetime.fromisoformat(last).replace(tzinfo=time_zone(conf))
    return {"scheduler": {"seconds": max(0, round(time.time() - ran.timestamp()))}}


def backup(_):
    file = SITES / SITE / "locks" / "erp-installer-backup.last"
    return {"backup": json.loads(file.read_text())} if file.exists() else {}


def disk(_):
    now = os.statvfs(SITES)
    return {"disk": {"free": now.f_bavail * now.f_frsize, "size": now.f_blocks * now.f_frsize}}


def database(conf):
    names = ("Threads_connected", "Max_used_connections", "Slow_queries", "Uptime", "Innodb_buffer_pool_reads",
             "Innodb_buffer_pool_read_requests")
    rows = query(
        conf,
        "SHOW GLOBAL STATUS WHERE Variable_name IN (" + ", ".join(f"'{n}'" for n in names) + ")",
        "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('max_connections', 'innodb_buffer_pool_size')",
        "SELECT 'data', SUM(data_length + index_length) FROM information_schema.TABLES WHERE table_schema = DATABASE()",
        "SELECT 'longest', MAX(TIME) FROM information_schema.PROCESSLIST WHERE COMMAND = 'Query'",
    )
    values = {name.lower(): int(value) for name, value in rows if value != "NULL"}
    return {"database": {
        "connections": values["threads_connected"],
        "most_connections": values["max_used_connections"],
        "max_connections": values["max_connections"],
        "slow_queries": values["slow_queries"],
        "uptime_seconds": values["uptime"],
        "pool_bytes": values["innodb_buffer_pool_size"],
        "pool_reads": values["innodb_buffer_pool_reads"],
        "pool_requests": values["innodb_buffer_pool_read_requests"],
        "data_bytes": values.get("data", 0),
        "longest_seconds": values.get("longest", 0),
    }}


def stores(conf):
    found = []
    for name in STORES:
        if conf.get(name):
            lines = Redis(conf[name]).ask(("INFO",))[0].splitlines()
            said = dict(line.split(":", 1) for line in lines if ":" in line)
            found.append({
                "name": name.replace("_", "-"),
                "used_bytes": int(said["used_memory"]),
                "max_bytes": int(said.get("maxmemory", 0)),
                "policy": said.get("maxmemory_policy", ""),
                "evicted": int(said.get("evicted_keys", 0)),
            })
    return {"stores": found}


def ago(conf, hours):
    """A time of the past as the site's tables have it."""
    return f"'{datetime.now(time_zone(conf)) - timedelta(hours=hours):%Y-%m-%d %H:%M:%S}'"


def error_log(conf):
    rows = query(
        conf,
        f"SELECT COUNT(*), LEFT(method, 120) FROM `tabError Log` WHERE creation > {ago(conf, 24)} "
        "GROUP BY 2 ORDER BY 1 DESC",
    )
    errors = [{"kind": kind, "count": int(count)} for count, kind in rows]
    return {"error_count": sum(e["count"] for e in errors), "error_kinds": errors[:MOST_KINDS]}


def mail(conf):
    waiting, unsent = query(
        conf,
        f"SELECT COUNT(*) FROM `tabEmail Queue` WHERE status = 'Not Sent' AND creation < {ago(conf, 1)}",
        f"SELECT COUNT(*) FROM `tabEmail Queue` WHERE status = 'Error' AND modified > {ago(conf, 24)}",
    )
    return {"mail_waiting": int(waiting[0]), "mail_failed": int(unsent[0])}


def passwords(conf):
    return {"stored_passwords": int(query(conf, "SELECT COUNT(*) FROM __Auth WHERE encrypted = 1")[0][0])}


def installed(conf):
    return {"database_apps": dict(query(conf, "SELECT app_name, app_version FROM `tabInstalled Application`"))}


def apps(_):
    """The apps of the image, with the versions in their code."""
    found = {}
    for folder in sorted((BENCH / "apps").iterdir()):
        file = folder / folder.name / "__init__.py"
        if file.exists() and (version := re.search(r"^__version__\s*=\s*[\"']([^\"']+)", file.read_text(), re.M)):
            found[folder.name] = version[1]
    return {"image_apps": found}


def switches(conf):
    return {
        "maintenance": is_on(conf, "maintenance_mode"),
        "has_encryption_key": bool(conf.get("encryption_key")),
    }


def logs(_):
    places = (BENCH / "logs", SITES / SITE / "logs")
    return {"log_bytes": sum(f.stat().st_size for p in places if p.is_dir() for f in p.rglob("*") if f.is_file())}


PARTS = {
    part.__name__: part
    for part in (
        apps, logs, backup, disk, queues, scheduler, switches, database, stores, error_log, mail, passwords, installed
    )
}
WITHOUT_CONFIGURATION = (apps, logs, backup, disk)


def main():
    found, errors = {}, {}
    try:
        conf = configuration()
    except Exception as error:
        conf = None
        errors["configuration"] = reason(error)
    for part in (PARTS[name] for name in sys.argv[2:]):
        if conf is None and part not in WITHOUT_CONFIGURATION:
            continue
        try:
            found |= part(conf)
        except Exception as error:
            errors[part.__name__] = reason(error)
    print(json.dumps(found | {"errors": errors}))


def reason(error):
    return " ".join((str(error) or type(error).__name__).split())[:LONGEST]


main()
