"""Looks into a running site for `erp-installer doctor`: MariaDB, Redis, errors, mail, apps, configuration. It runs by exec
in a Frappe container, with Python's own library only: importing Frappe would take a second of CPU.

Argument: the site. Its output is one JSON object. A part that cannot be read is left out; "errors" says why.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.parse
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

BENCH = Path(os.environ.get("BENCH", "/home/frappe/frappe-bench"))
SITES = BENCH / "sites"
SITE = sys.argv[1]
TIMEOUT_SECONDS = 5
LONGEST = 200
MOST_KINDS = 5
# Frappe's own, until the setup wizard has run (frappe/utils/data.py).
TIME_ZONE = "Asia/Kolkata"
HOSTS = {"db_host": "localhost", "db_port": 3306}
STORES = ("redis_cache", "redis_queue", "redis_socketio")


def configuration():
    """The configuration of the bench and the site. The environment comes first (frappe/config.py)."""
    values = {}
    for file in (SITES / "common_site_config.json", SITES / SITE / "site_config.json"):
        values |= json.loads(file.read_text())
    for key in (*HOSTS, *STORES):
        values[key] = os.environ.get(f"FRAPPE_{key.upper()}") or values.get(key) or HOSTS.get(key)
    return values


def query(conf, *statements):
    """The rows of all statements; each begins with the word that its statement selects first."""
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
        raise OSError(done.stderr.strip() or f"{client} ended with {done.returncode}")
    return [line.split("\t") for line in done.stdout.splitlines()]


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


def info(url):
    """INFO of a Redis."""
    place = urllib.parse.urlsplit(url)
    with socket.create_connection((place.hostname, place.port or 6379), TIMEOUT_SECONDS) as connection:
        lines = connection.makefile("rb")
        if place.password:
            words = [urllib.parse.unquote(w) for w in (place.username, place.password) if w]
            connection.sendall(f"AUTH {' '.join(words)}\r\n".encode())
            lines.readline()
        connection.sendall(b"INFO\r\n")
        head = lines.readline()
        if head[:1] != b"$":
            raise OSError(head.decode(errors="replace").strip())
        text = lines.read(int(head[1:])).decode(errors="replace")
    return dict(line.split(":", 1) for line in text.splitlines() if ":" in line)


def stores(conf):
    found = []
    for name in STORES:
        if conf.get(name):
            said = info(conf[name])
            found.append({
                "name": name.replace("_", "-"),
                "used_bytes": int(said["used_memory"]),
                "max_bytes": int(said.get("maxmemory", 0)),
                "policy": said.get("maxmemory_policy", ""),
                "evicted": int(said.get("evicted_keys", 0)),
            })
    return {"stores": found}


def site(conf):
    """Rows of the site; times in it are in its own time zone."""
    zone = query(
        conf, "SELECT 'zone', MAX(value) FROM tabSingles WHERE doctype = 'System Settings' AND field = 'time_zone'"
    )[0][1]
    now = datetime.now(ZoneInfo(zone if zone not in ("NULL", "") else TIME_ZONE)).replace(tzinfo=None)
    day, hour = (f"'{now - timedelta(hours=h):%Y-%m-%d %H:%M:%S}'" for h in (24, 1))
    rows = query(
        conf,
        f"SELECT 'error', COUNT(*), LEFT(method, 120) FROM `tabError Log` WHERE creation > {day} "
        "GROUP BY 3 ORDER BY 2 DESC",
        f"SELECT 'waiting', COUNT(*), '' FROM `tabEmail Queue` WHERE status = 'Not Sent' AND creation < {hour}",
        f"SELECT 'unsent', COUNT(*), '' FROM `tabEmail Queue` WHERE status = 'Error' AND modified > {day}",
        "SELECT 'stored', COUNT(*), '' FROM __Auth WHERE encrypted = 1",
        "SELECT app_version, 0, app_name FROM `tabInstalled Application`",
    )
    errors = [{"kind": kind, "count": int(count)} for word, count, kind in rows if word == "error"]
    counts = {word: int(count) for word, count, _ in rows if word in ("waiting", "unsent", "stored")}
    apps = {app: version for version, _, app in rows if app and version not in ("error", "waiting", "unsent", "stored")}
    return {
        "error_count": sum(e["count"] for e in errors),
        "error_kinds": errors[:MOST_KINDS],
        "mail_waiting": counts["waiting"],
        "mail_failed": counts["unsent"],
        "stored_passwords": counts["stored"],
        "database_apps": apps,
    }


def apps(_):
    """The apps of the image, with the versions in their code."""
    found = {}
    for folder in sorted((BENCH / "apps").iterdir()):
        file = folder / folder.name / "__init__.py"
        if file.exists() and (version := re.search(r"^__version__\s*=\s*[\"']([^\"']+)", file.read_text(), re.M)):
            found[folder.name] = version[1]
    return {"image_apps": found}


def switches(conf):
    def is_on(key):
        return bool(conf.get(key)) and str(conf[key]) != "0"
    return {
        "maintenance": is_on("maintenance_mode"),
        "has_encryption_key": bool(conf.get("encryption_key")),
    }


def logs(_):
    places = (BENCH / "logs", SITES / SITE / "logs")
    return {"log_bytes": sum(f.stat().st_size for p in places if p.is_dir() for f in p.rglob("*") if f.is_file())}


def main():
    told, errors = {}, {}
    try:
        conf = configuration()
    except Exception as error:
        conf = None
        errors["configuration"] = reason(error)
    for part in (apps, logs) if conf is None else (switches, database, stores, site, apps, logs):
        try:
            told |= part(conf)
        except Exception as error:
            errors[part.__name__] = reason(error)
    print(json.dumps(told | {"errors": errors}))


def reason(error):
    return " ".join((str(error) or type(error).__name__).split())[:LONGEST]


main()
