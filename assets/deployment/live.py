"""Reads how a running site is: queues, workers, the scheduler, the last backup and the disk. It runs by exec in a Frappe
container, with Python's own library only: importing Frappe would take a second of CPU each time.

Argument: the site. Its output is one JSON object. A part that cannot be read is left out; "errors" says why.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

BENCH = Path(os.environ.get("BENCH", "/home/frappe/frappe-bench"))
SITES = BENCH / "sites"
SITE = sys.argv[1]
QUEUES = ("short", "default", "long")
TIMEOUT_SECONDS = 3
# A worker that is killed stays in the list for so long (rq/worker.py: its key lives for the job timeout plus a minute).
WORKER_SECONDS = 480
LONGEST = 200
# Frappe's own, until the setup wizard has run (frappe/utils/data.py).
TIME_ZONE = "Asia/Kolkata"
STATEMENT = """
SELECT (SELECT MAX(value) FROM tabSingles WHERE doctype = 'System Settings' AND field = 'enable_scheduler'),
       (SELECT MAX(value) FROM tabSingles WHERE doctype = 'System Settings' AND field = 'time_zone'),
       (SELECT MAX(last_execution) FROM `tabScheduled Job Type`)
"""


def configuration():
    """The configuration of the bench and the site, as Frappe reads it: the environment comes first (frappe/config.py)."""
    values = {}
    for file in (SITES / "common_site_config.json", SITES / SITE / "site_config.json"):
        values |= json.loads(file.read_text())
    for key in ("redis_queue", "db_host", "db_port"):
        values[key] = os.environ.get(f"FRAPPE_{key.upper()}") or values.get(key)
    return values


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
        if conf.get(key) and str(conf[key]) != "0":
            return {"scheduler": {"off": key}}
    client = shutil.which("mariadb") or shutil.which("mysql") or "mariadb"
    done = subprocess.run(
        [
            client, "--no-defaults", "--protocol=tcp", f"--host={conf.get('db_host') or 'localhost'}",
            f"--port={conf.get('db_port') or 3306}", f"--user={conf.get('db_user') or conf['db_name']}",
            f"--connect-timeout={TIMEOUT_SECONDS}", "--batch", "--skip-column-names", conf["db_name"],
        ],
        # Standard input and the environment: an argument would show in the process list.
        input=STATEMENT, env=os.environ | {"MYSQL_PWD": conf["db_password"]}, capture_output=True, text=True,
        timeout=TIMEOUT_SECONDS,
    )
    if done.returncode:
        raise OSError(done.stderr.strip() or f"{client} ended with {done.returncode}")
    enabled, zone, last = done.stdout.rstrip("\n").split("\t")
    if enabled != "1":
        return {"scheduler": {"off": "enable_scheduler"}}
    if last == "NULL":
        return {"scheduler": {}}
    here = ZoneInfo(zone if zone not in ("NULL", "") else TIME_ZONE)
    ran = datetime.fromisoformat(last).replace(tzinfo=here)
    return {"scheduler": {"seconds": max(0, round(time.time() - ran.timestamp()))}}


def backup(_):
    file = SITES / SITE / "locks" / "erp-installer-backup.last"
    return {"backup": json.loads(file.read_text())} if file.exists() else {}


def disk(_):
    now = os.statvfs(SITES)
    return {"disk": {"free": now.f_bavail * now.f_frsize, "size": now.f_blocks * now.f_frsize}}


def main():
    told, errors = {}, {}
    try:
        conf = configuration()
    except Exception as error:
        conf = None
        errors["configuration"] = reason(error)
    for part in (queues, scheduler, backup, disk):
        if conf is None and part in (queues, scheduler):
            continue
        try:
            told |= part(conf)
        except Exception as error:
            errors[part.__name__] = reason(error)
    print(json.dumps(told | {"errors": errors}))


def reason(error):
    return " ".join((str(error) or type(error).__name__).split())[:LONGEST]


main()
