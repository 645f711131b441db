"""Backs up a site into a restic repository, reads a backup back, and lists the backups. It runs with the bench's Python
in a container of the image, beside the others.

Environment: ACTION (backup, check, daily or list), SITE, REPOSITORY (as restic spells it), REPOSITORY_USER,
  backup: RUN (id of the run), BY (hand or schedule), RELEASE, APPS, KEEP_DAILY, KEEP_WEEKLY, KEEP_MONTHLY
  check: SNAPSHOT, READ_DATA (1: also read every pack of the repository)
  daily: as backup, then it checks the backup. Once a week it also reads every pack of the repository.
Files in SECRETS (default /secrets): repository_password, repository_secret.

Each line of the output is one JSON object. "backup" tells what it is: progress, warning, snapshot, or the last line:
done, checked, listed or failed. Exit code: 0, or 1 after failed.
"""

import fcntl
import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse
import zlib
from pathlib import Path

BENCH = Path(os.environ.get("BENCH", "/home/frappe/frappe-bench"))
SECRETS = Path(os.environ.get("SECRETS", "/secrets"))
SITE = os.environ["SITE"]
HOME = BENCH / "sites" / SITE
# Not in private/backups: there, bench backup fails on a directory (frappe/utils/backups.py, delete_temp_backups).
STAGING = Path("private", "erp-installer-backup")
DUMP = STAGING / "database.sql.gz"
MANIFEST = STAGING / "manifest.json"
CONFIG = STAGING / "site_config.json"
FILES = (Path("public", "files"), Path("private", "files"))
# restic itself tries for 15 minutes to reach a server.
REACH_SECONDS = 60
PROGRESS_SECONDS = 5
LONGEST = 300
WEEK_SECONDS = 7 * 24 * 3600
CHUNK = 1 << 20
# For zlib: a gzip header and 32 KiB of history.
GZIP = 31

# The first match counts.
CAUSES = (
    ("repository-password", "wrong password or no key found"),
    ("repository-locked", "already locked|unable to create lock"),
    ("disk-full", "no space left on device|disk quota exceeded"),
    ("repository-tls", "x509:|tls:|certificate"),
    ("repository-denied", "Access ?Denied|AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|unauthorized"
                          r"|permission denied|\b40[13]\b"),
    ("repository-unreachable", "connection refused|no such host|i/o timeout|server misbehaving|network is unreachable"
                               r"|no route to host|connection reset|timed out|\b50[0-9]\b|: EOF$"),
    # restic adds this question to every failure to open a repository.
    ("repository-absent", "Is there a repository at the following location|config file does not exist"),
    ("backup-missing", "no matching ID found|no snapshot found"),
    ("backup-damaged", "repository contains errors|does not match|ciphertext verification failed|invalid data"
                       "|not found in repository|not found in index|unexpected end"),
)

# Output of other programs goes to stderr, so that stdout has only the lines for the installer.
report = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


class Failed(Exception):
    """The action failed. `error` is one of the words above, or one that the code below gives."""

    def __init__(self, error, message):
        super().__init__(message)
        self.error = error


def tell(kind, **values):
    print(json.dumps({"backup": kind} | values), file=report, flush=True)


def short(text):
    return " ".join(str(text).split())[:LONGEST]


def say(text):
    tell("progress", text=text)


# --- restic ----------------------------------------------------------------------------------------------------------


def secret(name):
    file = SECRETS / name
    return file.read_text().strip("\n") if file.exists() else ""


def location():
    """The repository with the login in its address, which is where restic reads a REST server's login."""
    repository, user = os.environ["REPOSITORY"], os.environ.get("REPOSITORY_USER", "")
    match = re.fullmatch(r"rest:(https?://)(.*)", repository)
    if not match or not user:
        return repository
    login = f"{urllib.parse.quote(user, safe='')}:{urllib.parse.quote(secret('repository_secret'), safe='')}"
    return f"rest:{match[1]}{login}@{match[2]}"


def environment():
    given = {
        "RESTIC_REPOSITORY": location(),
        "RESTIC_PASSWORD_FILE": str(SECRETS / "repository_password"),
        "RESTIC_CACHE_DIR": "/tmp/restic",
        "RESTIC_PROGRESS_FPS": str(1 / PROGRESS_SECONDS),
    }
    if os.environ["REPOSITORY"].startswith("s3:"):
        given |= {
            "AWS_ACCESS_KEY_ID": os.environ.get("REPOSITORY_USER", ""),
            "AWS_SECRET_ACCESS_KEY": secret("repository_secret"),
        }
    return os.environ | given


def cause(text, otherwise):
    """The error word for a program's output, and the line that says it."""
    lines = [line for line in text.splitlines() if line.strip()]
    for word, pattern in CAUSES:
        for line in lines:
            if re.search(pattern, line, re.IGNORECASE):
                return Failed(word, short(clean(line)))
    # The last line of a traceback says more than what bench prints after it.
    raised = [line for line in lines if re.match(r"[\w.]+(Error|Exception|Exit)\b", line)]
    return Failed(otherwise, short(clean((raised or lines)[-1])) if lines else "no output")


def clean(line):
    """Without restic's own prefix, and without the login in an address."""
    return re.sub(r"//[^/@\s]*@", "//", line.removeprefix("Fatal: "))


def restic(*arguments, timeout=None, otherwise="backup-failed"):
    """The output of a command of restic."""
    try:
        done = subprocess.run(
            ["restic", *arguments], cwd=HOME, env=environment(), capture_output=True, text=True, timeout=timeout
        )
    except FileNotFoundError as error:
        raise Failed("restic-missing", "the image has no restic") from error
    except subprocess.TimeoutExpired as error:
        raise Failed("repository-unreachable", f"no answer within {timeout} s") from error
    if done.returncode:
        raise cause(done.stderr + done.stdout, otherwise)
    return done.stdout


def open_repository(create=False):
    try:
        restic("cat", "config", timeout=REACH_SECONDS)
    except Failed as error:
        if error.error != "repository-absent" or not create:
            raise
        say("creating the repository")
        restic("init", timeout=REACH_SECONDS)
    # A container that was killed leaves its lock, and removing backups and checking need the repository alone. This
    # removes locks that were not refreshed for half an hour.
    restic("unlock", timeout=REACH_SECONDS)


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


# --- the dump --------------------------------------------------------------------------------------------------------


class DumpReader:
    """Reads a compressed dump once: is it whole, how many tables, which checksum."""

    def __init__(self):
        self.digest = hashlib.sha256()
        self.unpack = zlib.decompressobj(wbits=GZIP)
        self.tables = 0
        self.rest = b""

    def add(self, chunk):
        self.digest.update(chunk)
        try:
            text = self.rest + b"".join(self.unpacked(chunk))
        except zlib.error as error:
            raise Failed("backup-damaged", f"the database dump cannot be unpacked: {error}") from error
        # Only whole lines are counted; the last one stays for the next chunk.
        end = text.rfind(b"\n", 0, len(text) - 1) + 1
        self.tables += text[:end].count(b"\nCREATE TABLE ") + text[:end].startswith(b"CREATE TABLE ")
        self.rest = b"\n" + text[end:] if end else text

    def unpacked(self, chunk):
        """bench writes its own lines as one gzip member and appends the dump as another (frappe/utils/backups.py)."""
        while chunk:
            if self.unpack.eof:
                self.unpack = zlib.decompressobj(wbits=GZIP)
            yield self.unpack.decompress(chunk)
            chunk = self.unpack.unused_data

    def finish(self):
        """Fails if the dump was cut. mariadb-dump writes its last line when everything was written."""
        if not self.unpack.eof or b"-- Dump completed" not in self.rest:
            raise Failed("backup-damaged", "the database dump is not whole: its last line is missing")
        return {"sha256": self.digest.hexdigest(), "tables": self.tables}


def read_dump(stream):
    reader = DumpReader()
    while chunk := stream.read(CHUNK):
        reader.add(chunk)
    return reader.finish()


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
            facts = read_dump(dump)
    except Failed as error:
        raise Failed("dump-failed", str(error)) from error
    return facts | {"bytes": (HOME / DUMP).stat().st_size, "seconds": round(time.monotonic() - started, 1)}


# --- actions ---------------------------------------------------------------------------------------------------------


def version_of(app):
    try:
        text = (BENCH / "apps" / app / app / "__init__.py").read_text()
    except OSError:
        return ""
    found = re.search(r"""^__version__\s*=\s*["']([\w.+-]+)["']""", text, re.MULTILINE)
    return found[1] if found else ""


def size_of(directories):
    return sum(file.lstat().st_size for d in directories for file in (HOME / d).rglob("*") if file.is_file())


def lock():
    """Only one backup of a site at a time. The kernel releases the lock when the container ends."""
    file = open(HOME / "locks" / "erp-installer-backup.lock", "w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Failed("backup-running", "another backup of this site is running") from error
    return file


def backup():
    (HOME / "locks").mkdir(exist_ok=True)
    with lock():
        open_repository(create=True)
        shutil.rmtree(HOME / STAGING, ignore_errors=True)
        (HOME / STAGING).mkdir(parents=True)
        try:
            return store(dump_database())
        finally:
            shutil.rmtree(HOME / STAGING, ignore_errors=True)


def store(dump):
    apps = {app: version_of(app) for app in ["frappe", *os.environ["APPS"].split()]}
    size = dump["bytes"] + size_of(FILES)
    (HOME / MANIFEST).write_text(json.dumps({"site": SITE, "apps": apps, "dump": dump}))
    run = os.environ["RUN"] or time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    tags = [f"run={run}", f"by={os.environ['BY']}", f"release={os.environ['RELEASE']}", f"size={size}"]
    tags += [f"app:{app}={version}" for app, version in apps.items()]
    say(f"storing {size / 1e6:.1f} MB")
    present = [str(d) for d in FILES if (HOME / d).is_dir()]
    summary = watch_backup(["--host", SITE, *(word for tag in tags for word in ("--tag", tag)), str(STAGING), *present])
    snapshot, removed = summary["snapshot_id"][:8], forget()
    tell(
        "done", snapshot=snapshot, bytes=size, added=summary["data_added"],
        files=summary["total_files_processed"], tables=dump["tables"], dump=dump["bytes"], removed=removed,
    )
    return snapshot


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
    open_repository()
    say("reading the database dump back")
    manifest = json.loads(restic("dump", snapshot, str(MANIFEST), otherwise="backup-damaged"))
    process = subprocess.Popen(
        ["restic", "dump", snapshot, str(DUMP)],
        cwd=HOME, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    try:
        facts = read_dump(process.stdout)
    except Failed as error:
        process.kill()
        raise cause(process.stderr.read().decode(errors="replace") + f"\n{error}", "backup-damaged") from error
    errors = process.stderr.read().decode(errors="replace")
    if process.wait():
        raise cause(errors, "backup-damaged")
    wanted = {key: manifest["dump"][key] for key in facts}
    if facts != wanted:
        raise Failed("backup-damaged", "the database dump that was read back is not the one that was stored")
    check_repository(read_data)
    tell("checked", snapshot=snapshot, tables=facts["tables"], dump=manifest["dump"]["bytes"])


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


def become_frappe():
    """Gives an empty repository directory to the bench's user, and goes on as that user. A new volume is root's."""
    if os.getuid() != 0:
        return
    owner = (BENCH / "sites").stat()
    repository = Path(os.environ["REPOSITORY"])
    if repository.is_absolute() and repository.is_dir() and not any(repository.iterdir()):
        os.chown(repository, owner.st_uid, owner.st_gid)
    os.setgroups([])
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)
    os.environ["HOME"] = pwd.getpwuid(owner.st_uid).pw_dir


def stop(*_):
    sys.exit(143)


def main():
    signal.signal(signal.SIGTERM, stop)
    code = 0
    try:
        become_frappe()
        ACTIONS[os.environ["ACTION"]]()
    except Failed as error:
        tell("failed", error=error.error, message=str(error))
        code = 1
    except OSError as error:
        tell("failed", error="disk-full" if error.errno == 28 else "backup-failed", message=short(error))
        code = 1
    # The installer reads the log while the container runs: Nomad may remove it as soon as the container ends.
    time.sleep(int(os.environ.get("LINGER", "3")))
    return code


if __name__ == "__main__":
    sys.exit(main())
