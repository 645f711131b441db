"""Closes a site for an update of its database, opens it again, and brings back what it was. It runs with the bench's
Python in a container of the image that served the site, beside the others.

Environment: ACTION (close, open, uninstall, back, find or lost), SITE,
  close: RUN (name of the update), IMAGE (which serves the site), APPS, WAIT_SECONDS (how long workers may take to
    finish; 0: none of them runs)
  uninstall: APPS, REMOVE (the apps to take out of the site, in this order)
  back: SNAPSHOT and everything that restore.py needs
  find: as backup.py for its list
  lost: SNAPSHOT, SINCE (when the updated site was opened, in seconds), and everything that restore.py needs
Files in SECRETS (default /secrets): maintenance_pass for close, and those of restore.py.

find tells whether the site is closed, and what an installer needs that has lost its state directory. lost counts what
going back to a backup would lose.

While the marker .installer/held exists, nginx shows its maintenance page to requests without the pass. It holds what
`open` must put back, and what `find` tells. The lines of the output are those of site_backup.py. The last one is
closed, opened, uninstalled, held, lost, failed, or one of restore.py's.
"""

import json
import os
import re
import subprocess
import sys
import time
import zoneinfo
from datetime import datetime
from pathlib import Path

from site_backup import (
    BENCH, MARKERS, SECRETS, SITE, Failed, apps_of_site, clean, open_repository, read, report, restic, run, say, short,
    site_config, tell, write_durably,
)

HELD = MARKERS / "held"
MAINTENANCE = MARKERS / "maintenance"
PAUSE_SECONDS = 2


def bench(*arguments):
    """Runs a command of bench for the site. Returns its exit code and its last line."""
    done = subprocess.run(
        ["bench", "--site", SITE, *arguments], cwd=BENCH, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return done.returncode, short(clean(lines[-1])) if lines else ""


def held():
    """What `close` found, or None: the site is open."""
    try:
        return json.loads(HELD.read_text())
    except FileNotFoundError:
        return None


# --- close -----------------------------------------------------------------------------------------------------------


def close():
    wait = int(os.environ["WAIT_SECONDS"])
    config = site_config()
    # Somebody works on the site. Pages would answer 503, so an update could not be verified.
    if wait and config.get("maintenance_mode") and held() is None:
        raise Failed("in-maintenance", "maintenance_mode is set in site_config.json")
    apps = [app for app in apps_of_site() if (MARKERS / f"app-{app}.done").exists()]
    if held() is None:
        began = {"run": os.environ["RUN"], "image": os.environ["IMAGE"], "apps": apps, "began": int(time.time())}
        write_durably(HELD, json.dumps({"paused": bool(config.get("pause_scheduler"))} | began))
    secret = (SECRETS / "maintenance_pass").read_text().strip()
    if not re.fullmatch(r"[A-Za-z0-9]+", secret):
        raise Failed("backup-failed", "maintenance_pass has characters other than letters and digits")
    (MARKERS / f"held-{secret}").touch()
    # nginx of an earlier installer knows only this marker.
    MAINTENANCE.touch()
    say("the site shows its maintenance page")
    pause_scheduler()
    if wait:
        wait_for_workers(wait)
    changing = "yes" if (MARKERS / "changing").exists() else ""
    tell("closed", apps=" ".join(apps), revision=read("revision"), changing=changing)


def pause_scheduler():
    if not site_config().get("pause_scheduler"):
        code, said = bench("scheduler", "pause")
        if code:
            raise Failed("backup-failed", f"the scheduler could not be paused: {said}")


def wait_for_workers(seconds):
    """Until bench says that the site has no job that waits or runs."""
    end = time.monotonic() + seconds
    while True:
        code, said = bench("ready-for-migration")
        if code == 0:
            return
        jobs = unfinished_jobs() or said
        if time.monotonic() >= end:
            open_again()
            raise Failed("workers-busy", jobs)
        say(f"waiting for workers: {jobs}")
        time.sleep(PAUSE_SECONDS)


def unfinished_jobs():
    """The site's jobs that run, with their names, and how many wait, by queue. Keys as RQ names them."""
    import redis

    common = json.loads((BENCH / "sites" / "common_site_config.json").read_text())
    address = os.environ.get("FRAPPE_REDIS_QUEUE") or common.get("redis_queue")
    found = []
    try:
        server = redis.Redis.from_url(address, decode_responses=True)
        for key in sorted(server.scan_iter("rq:wip:*")):
            jobs = [job for job in server.zrange(key, 0, -1) if job.startswith(f"{SITE}::")]
            names = [name_of(server.hget(f"rq:job:{job}", "description") or job) for job in jobs]
            found += [f"{name} runs in {key.rsplit(':', 1)[1]}" for name in names]
        for key in sorted(server.scan_iter("rq:queue:*")):
            count = sum(job.startswith(f"{SITE}::") for job in server.lrange(key, 0, -1))
            found += [f"{count} wait in {key.rsplit(':', 1)[1]}"] if count else []
    except redis.exceptions.RedisError as error:
        return short(error)
    return short(", ".join(found))


def name_of(description):
    """The name of a job. Its arguments are the site's data."""
    named = re.search(r"job_name='([\w.]+)'", description) or re.match(r"[\w.:-]+", description)
    return named[1] if named and named.lastindex else named[0] if named else "a job"


# --- open ------------------------------------------------------------------------------------------------------------


def open_site():
    open_again()
    tell("opened")


def open_again():
    """Can be repeated: what says how to put things back is removed last."""
    before = held()
    if before is None:
        return
    if not before["paused"] and site_config().get("pause_scheduler"):
        code, said = bench("scheduler", "resume")
        if code:
            raise Failed("backup-failed", f"the scheduler could not be resumed: {said}")
    if not (MARKERS / "changing").exists() and not (MARKERS / "restoring").exists():
        MAINTENANCE.unlink(missing_ok=True)
    for file in MARKERS.glob("held-*"):
        file.unlink()
    HELD.unlink()


# --- uninstall -------------------------------------------------------------------------------------------------------


def uninstall():
    """Takes apps out of the site with their data, in the image that still has them. It can be repeated."""
    # Visitors could still change what the backup must have.
    if held() is None:
        raise Failed("site-open", "the site is open, so the backup may lack what its visitors did")
    for app in os.environ["REMOVE"].split():
        say(f"removing {app}")
        # bench ends with 0 too when it refuses, so only the site itself says what it has.
        said = bench("uninstall-app", app, "--yes", "--no-backup")[1] if app in installed() else ""
        if app in installed():
            raise Failed("app-not-removed", f"{app}: {said}")
        for ending in ("begun", "done"):
            (MARKERS / f"app-{app}.{ending}").unlink(missing_ok=True)
    tell("uninstalled")


def installed():
    """The apps that the site's database names."""
    done = subprocess.run(
        ["bench", "--site", SITE, "list-apps", "--format", "json"], cwd=BENCH, capture_output=True, text=True,
        stdin=subprocess.DEVNULL,
    )
    try:
        return json.loads(done.stdout.splitlines()[-1])[SITE]
    except (ValueError, LookupError) as error:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise Failed("app-not-removed", short(clean(lines[-1])) if lines else "bench list-apps said nothing") from error


# --- find ------------------------------------------------------------------------------------------------------------


def find():
    before = held()
    if before is None:
        tell("held", closed=False)
        return
    update = before.get("run", "")
    tell(
        "held", closed=True, run=update, image=before.get("image", ""), apps=" ".join(before.get("apps", [])),
        began=before.get("began", 0), snapshot=snapshot_of(update), restoring=read("restoring"),
    )


def snapshot_of(update):
    """The backup that the update made before it changed the database; empty: it did not come that far."""
    try:
        open_repository()
    except Failed as error:
        if error.error != "repository-absent":
            raise
        return ""
    found = json.loads(restic("snapshots", "--json", "--host", SITE, "--tag", f"run={update},by=safeguard")) or []
    return max(found, key=lambda one: one["time"])["short_id"] if update and found else ""


# --- lost ------------------------------------------------------------------------------------------------------------

# What Frappe notes about the work, not the work itself.
LOGS = {
    "Access Log", "Activity Log", "Console Log", "Deleted Document", "Error Log", "Error Snapshot",
    "Integration Request", "Notification Log", "Prepared Report", "Route History", "RQ Job", "Scheduled Job Log",
    "Scheduled Job Type", "Version", "View Log", "Webhook Request Log",
}
STATEMENT_TABLES = 100


def lost():
    """What a way back would lose: documents that were created, changed or deleted since the update ended."""
    import restore

    open_repository()
    if not json.loads(restic("snapshots", "--json", os.environ["SNAPSHOT"], otherwise="backup-missing")):
        raise Failed("backup-missing", f"there is no backup {os.environ['SNAPSHOT']}")
    database = restore.Database().name
    since = local_time(restore, database, int(os.environ["SINCE"]))
    found = changed_since(restore, database, since)
    documents = [
        {"name": name, "created": created, "changed": total - created}
        for name, created, total in found if name not in LOGS
    ]
    deleted = next((created for name, created, _ in found if name == "Deleted Document"), 0)
    tell(
        "lost", documents=sorted(documents, key=lambda one: (-one["created"] - one["changed"], one["name"])),
        deleted=deleted, logs=sum(total for name, _, total in found if name in LOGS),
    )


def local_time(restore, database, seconds):
    """A time as the site writes it: in the time zone of its System Settings."""
    rows = restore.sql(
        f"SELECT value FROM `{database}`.tabSingles "
        "WHERE doctype = 'System Settings' AND field = 'time_zone' AND value > ''"
    )
    # Frappe's own default, until the setup wizard has run.
    zone = rows[0][0] if rows else "Asia/Kolkata"
    try:
        return datetime.fromtimestamp(seconds, zone_of(zone)).strftime("%Y-%m-%d %H:%M:%S")
    except (KeyError, ValueError, OSError) as error:
        raise Failed("backup-failed", f"the site's time zone {short(zone)} is not known: {short(error)}") from error


def zone_of(name):
    try:
        import pytz

        return pytz.timezone(name)
    except ImportError:
        return zoneinfo.ZoneInfo(name)


def changed_since(restore, database, since):
    """The DocTypes with documents that were created or changed: name, how many were created, how many in all. Rows of a
    document's own tables belong to it."""
    tables = [
        row[0] for row in restore.sql(
            "SELECT table_name FROM information_schema.columns "
            "WHERE column_name IN ('creation', 'modified', 'parenttype') "
            f"AND table_schema = '{database}' AND table_name LIKE 'tab%' GROUP BY table_name "
            "HAVING SUM(column_name <> 'parenttype') = 2 AND SUM(column_name = 'parenttype') = 0"
        )
    ]
    found = []
    for at in range(0, len(tables), STATEMENT_TABLES):
        parts = [
            f"SELECT {restore.text(table[3:])}, IFNULL(SUM(creation >= '{since}'), 0), COUNT(*) "
            f"FROM `{database}`.{restore.quoted(table)} WHERE modified >= '{since}'"
            for table in tables[at:at + STATEMENT_TABLES]
        ]
        rows = restore.sql(" UNION ALL ".join(parts))
        found += [(name, int(created), int(total)) for name, created, total in rows if int(total)]
    return found


# --- back ------------------------------------------------------------------------------------------------------------


def back():
    """Restores with the image of before, whose bench must not look for apps that only the newer image has."""
    # Visitors may have changed data since the backup: then it is not the site as it was.
    if held() is None:
        raise Failed("site-open", "the site is open, so going back would lose what its visitors did")
    apps = "".join(f"{app}\n" for app in sorted(os.listdir(BENCH / "apps")))
    write_durably(BENCH / "sites" / "apps.txt", apps)
    script = str(Path(__file__).with_name("restore.py"))
    # site_backup.py has turned the output of programs to stderr.
    os.dup2(report.fileno(), 1)
    os.execve(sys.executable, [sys.executable, script], os.environ | {"ACTION": "restore"})


if __name__ == "__main__":
    sys.exit(run({"close": close, "open": open_site, "uninstall": uninstall, "back": back, "find": find, "lost": lost}, "backup-failed"))
