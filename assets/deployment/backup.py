"""Backs up a site into a restic repository, reads a backup back, and lists the backups. It runs with the bench's Python
in a container of the image, beside the others.

Environment: ACTION (backup, check, daily or list), SITE, REPOSITORY (as restic spells it), REPOSITORY_USER,
  backup: RUN (id of the run), BY (hand, schedule or safeguard), APPS, KEEP_DAILY, KEEP_WEEKLY, KEEP_MONTHLY
  check: SNAPSHOT, READ_DATA (1: also read every pack of the repository)
  daily: as backup, then it checks the backup. Once a week it also reads every pack of the repository.

The lines of its output are those of site_backup.py. The last one is done, checked, listed or failed; before listed
comes one snapshot for each backup. Exit code: 0, or 1 after failed.
"""

import json
import os
import shutil
import subprocess
import sys
import time

from site_backup import (
    BENCH, CONFIG, DUMP, FILES, HOME, MANIFEST, PROGRESS_SECONDS, SITE, STAGING, Failed, apps_of_site, cause, clean,
    environment, is_restoring, lock, open_repository, read_dump, remove_dead_locks, restic, run, say, schema_of_site,
    short, size_of, stored, tell, version_of,
)

WEEK_SECONDS = 7 * 24 * 3600


def watch_backup(arguments):
    """Runs `restic backup` and tells its progress. Returns its summary."""
    process = subprocess.Popen(
        ["restic", "backup", "--json", *arguments],
        cwd=HOME, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    summary, told = None, 0
    for line in process.stdout:
        message = json.loads(line) if line.startswith("{") else {}
        if message.get("message_type") == "summary":
            summary = message
        elif message.get("message_type") == "status" and time.monotonic() - told > PROGRESS_SECONDS:
            told = time.monotonic()
            say(f"storing: {message.get('percent_done', 0) * 100:.0f} %")
    errors = process.stderr.read()
    code = process.wait()
    if code == 3:
        raise Failed("backup-incomplete", short(clean(errors)))
    if code or summary is None:
        raise cause(errors, "backup-failed")
    return summary


def dump_database():
    say("writing the database dump")
    started = time.monotonic()
    done = subprocess.run(
        ["bench", "--site", SITE, "backup", "--verbose", "--backup-path", str(HOME / STAGING)],
        cwd=BENCH, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise cause(done.stderr + done.stdout, "dump-failed")
    if list((HOME / STAGING).glob("*-enc*")):
        raise Failed("dump-encrypted", "System Settings > Encrypt Backups is on")
    for ending, name in (("database.sql.gz", DUMP), ("site_config_backup.json", CONFIG)):
        found = list((HOME / STAGING).glob(f"*-{ending}"))
        if len(found) != 1:
            raise Failed("dump-failed", f"bench backup wrote no file *-{ending}")
        found[0].rename(HOME / name)
    try:
        with open(HOME / DUMP, "rb") as dump:
            read = read_dump(dump)
    except Failed as error:
        raise Failed("dump-failed", str(error)) from error
    return read.facts() | {"bytes": (HOME / DUMP).stat().st_size, "seconds": round(time.monotonic() - started, 1)}


# --- actions ---------------------------------------------------------------------------------------------------------


def backup():
    with lock():
        if is_restoring():
            raise Failed("restore-unfinished", "a restore of this site did not finish")
        open_repository(create=True)
        remove_dead_locks()
        shutil.rmtree(HOME / STAGING, ignore_errors=True)
        (HOME / STAGING).mkdir(parents=True)
        try:
            return store(dump_database())
        finally:
            shutil.rmtree(HOME / STAGING, ignore_errors=True)


def store(dump):
    apps = {app: version_of(app) for app in ["frappe", *apps_of_site()]}
    size = dump["bytes"] + size_of(FILES)
    manifest = {"site": SITE, "apps": apps, "schema": schema_of_site(), "dump": dump}
    (HOME / MANIFEST).write_text(json.dumps(manifest))
    run_id = os.environ["RUN"] or time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    tags = [f"run={run_id}", f"by={os.environ['BY']}", f"size={size}"]
    # Of this image: the answers may name another release, as before an update.
    tags += [f"release=v{apps['erpnext']}"] if apps.get("erpnext") else []
    tags += [f"app:{app}={version}" for app, version in apps.items()]
    say(f"storing {size / 1e6:.1f} MB")
    present = [str(d) for d in FILES if (HOME / d).is_dir()]
    summary = watch_backup(["--host", SITE, *(word for tag in tags for word in ("--tag", tag)), str(STAGING), *present])
    # Visitors wait for the backup that an update makes. The next backup removes the old ones.
    snapshot, removed = summary["snapshot_id"][:8], 0 if os.environ["BY"] == "safeguard" else forget()
    keep_record(snapshot, size)
    tell(
        "done", snapshot=snapshot, bytes=size, added=summary["data_added"],
        files=summary["total_files_processed"], tables=dump["tables"], dump=dump["bytes"], removed=removed,
    )
    return snapshot


def keep_record(snapshot, size):
    """Leaves the last backup in the site's directory, where site_look.py finds it without the repository."""
    record, by = HOME / "locks" / "erp-installer-backup.last", os.environ["BY"]
    new = record.with_suffix(".new")
    new.write_text(json.dumps({"id": snapshot, "time": int(time.time()), "by": by, "bytes": size}))
    new.replace(record)


def forget():
    """Removes backups by the policy. Everything of the last two days stays. Returns how many were removed."""
    say("removing old backups")
    keep = []
    for unit in ("daily", "weekly", "monthly"):
        count = os.environ[f"KEEP_{unit.upper()}"]
        keep += [f"--keep-{unit}", count] if int(count) else []
    try:
        # By host only: with the paths, a backup from before a directory existed would be a group of its own.
        groups = json.loads(
            restic("forget", "--json", "--prune", "--host", SITE, "--group-by", "host", "--keep-within", "2d", *keep)
            .splitlines()[0]
        )
    except Failed as error:
        tell("warning", text=f"old backups were not removed: {error}", error=error.error)
        return 0
    return sum(len(group.get("remove") or []) for group in groups)


def daily():
    """Nobody reads its output as it runs, so it also does what the installer asks for in two runs."""
    last = HOME / "locks" / "erp-installer-backup.data-read"
    is_due = not last.exists() or time.time() - last.stat().st_mtime > WEEK_SECONDS
    check(backup(), is_due)
    if is_due:
        last.touch()


def check(snapshot, read_data):
    with lock():
        open_repository()
        remove_dead_locks()
        read_back(snapshot, read_data)


def read_back(snapshot, read_data):
    say("reading the database dump back")
    manifest = json.loads(restic("dump", snapshot, str(MANIFEST), otherwise="backup-damaged"))
    found = stored(snapshot, DUMP, read_dump).facts()
    # A backup of an earlier version says less of its dump.
    if any(manifest["dump"].get(key, value) != value for key, value in found.items()):
        raise Failed("backup-damaged", "the database dump that was read back is not the one that was stored")
    check_repository(read_data)
    tell("checked", snapshot=snapshot, tables=found["tables"], dump=manifest["dump"]["bytes"])


def check_repository(read_data):
    say("reading all data of the repository back" if read_data else "checking the repository")
    try:
        restic("check", *(["--read-data"] if read_data else []), otherwise="backup-damaged")
    except Failed as error:
        if error.error != "repository-locked":
            raise
        tell("warning", text=f"the repository was not checked: {error}", error=error.error)


def list_snapshots():
    try:
        open_repository()
    except Failed as error:
        if error.error != "repository-absent":
            raise
        tell("listed", count=0)
        return
    found = json.loads(restic("snapshots", "--json", "--host", SITE)) or []
    for one in sorted(found, key=lambda s: s["time"]):
        tags = dict(tag.split("=", 1) for tag in one.get("tags") or [] if "=" in tag)
        tell(
            "snapshot", id=one["short_id"], time=one["time"], by=tags.get("by", ""), run=tags.get("run", ""),
            release=tags.get("release", ""), bytes=int(tags.get("size", 0)),
            apps={key.removeprefix("app:"): value for key, value in tags.items() if key.startswith("app:")},
        )
    tell("listed", count=len(found))


ACTIONS = {
    "backup": backup,
    "check": lambda: check(os.environ["SNAPSHOT"], os.environ.get("READ_DATA") == "1"),
    "daily": daily,
    "list": list_snapshots,
}

if __name__ == "__main__":
    sys.exit(run(ACTIONS, "backup-failed"))
