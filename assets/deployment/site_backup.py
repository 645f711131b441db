"""What backup.py and restore.py share: the lines for the installer, restic, and the reader of a database dump.

Files in SECRETS (default /secrets): repository_password, repository_secret.

Each line of the output is one JSON object. "backup" tells what it is: progress, warning, or the last line, which is
failed or a word of the action.
"""

import fcntl
import hashlib
import json
import os
import pwd
import re
import signal
import socket
import subprocess
import sys
import time
import traceback
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
MARKERS = HOME / ".installer"
OWNERS = HOME / "locks" / "erp-installer-backup.hosts"
# These commands of restic take no lock. A backup that was killed while it removed old ones leaves a lock against
# all others, and going back to a backup must not wait for that.
READING = ("cat", "dump", "list", "ls", "restore", "snapshots")
# restic itself tries for 15 minutes to reach a server.
REACH_SECONDS = 60
PROGRESS_SECONDS = 5
LONGEST = 300
CHUNK = 1 << 18
# The most that is unpacked at once: a dump may shrink to a hundredth.
UNPACKED = 1 << 22
# For zlib: a gzip header and 32 KiB of history.
GZIP = 31

# The first match counts.
CAUSES = (
    ("repository-password", "wrong password or no key found"),
    ("repository-locked", "already locked|unable to create lock"),
    ("disk-full", "no space left on device|disk quota exceeded"),
    ("repository-tls", "x509:|tls:|certificate"),
    # Servers of S3 send a code, of which restic prints the sentence only.
    ("repository-denied", r"Access ?Denied|unauthorized|permission denied|\b40[13]\b|Key Id you provided does not exist"
                          "|signature we calculated does not match|request time and the server's time"),
    ("repository-unreachable", "connection refused|no such host|i/o timeout|server misbehaving|network is unreachable"
                               r"|no route to host|connection reset|timed out|\b50[0-9]\b|: EOF$"),
    # restic asks whether there is a repository after every failure to open one. These mean that there is none.
    ("repository-absent", "config file does not exist|repository does not exist|<config/> does not exist"
                          "|config file: l?stat .*no such file or directory"
                          "|The specified (key|bucket) does not exist"),
    ("repository-unreachable", "Is there a repository at the following location|unable to open config file"),
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
    free = ["--no-lock"] if arguments[0] in READING else []
    try:
        done = subprocess.run(
            ["restic", *free, *arguments], cwd=HOME, env=environment(), capture_output=True, text=True, timeout=timeout
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
        tell("created")


def remove_dead_locks():
    """Removes locks of restic that a killed container left: removing backups and checking need the repository alone.

    Only the holder of lock() may call it. Whoever held lock() before has ended, so its locks are dead. restic itself
    waits for half an hour, because the lock of a container names another host.
    """
    # Those that were not refreshed for half an hour.
    restic("unlock", timeout=REACH_SECONDS)
    before, host = owners(), socket.gethostname()
    hosts = hosts_of_locks() if before else set()
    if hosts and hosts <= before:
        restic("unlock", "--remove-all", timeout=REACH_SECONDS)
        hosts = set()
    # With a lock of another site that is still held, no lock can be removed. The next backup tries again.
    write_durably(OWNERS, "\n".join(sorted({host} | (before & hosts))))


def owners():
    """The hosts of the containers that held lock() and may have left a lock of restic."""
    return set(OWNERS.read_text().split()) if OWNERS.exists() else set()


def hosts_of_locks():
    """The hosts that the locks of the repository name. Empty when they change meanwhile: then one of them is alive."""
    try:
        ids = restic("list", "locks", timeout=REACH_SECONDS).split()
        return {json.loads(restic("cat", "lock", name, timeout=REACH_SECONDS))["hostname"] for name in ids}
    except Failed:
        return set()


# --- the dump --------------------------------------------------------------------------------------------------------

NAMED = re.compile(rb"(?:CREATE (?:TABLE|SEQUENCE)|INSERT INTO|INSERT IGNORE INTO|REPLACE INTO) `((?:[^`]|``)+)`")
COLUMN = re.compile(rb"  `((?:[^`]|``)+)`")
TEXTS = re.compile(rb"'(?:[^'\\]|\\.|'')*'", re.DOTALL)
VALUE = re.compile(rb"'((?:[^'\\]|\\.|'')*)'|([^\s,()']+)", re.DOTALL)
# Frappe keeps the apps of a site in both tables; the first has their versions.
APP_TABLES = ("tabInstalled Application", "tabDefaultValue")


class DumpReader:
    """Reads a dump once: is it whole, which tables with how many rows, which apps, which checksum.

    mariadb-dump writes each row on a line of its own, and a row has no other line break. Older versions write the rows
    of a statement in one line; they are counted, and have no checksum.
    """

    def __init__(self, sink=None):
        self.digest = hashlib.sha256()
        self.unpack = None
        self.sink = sink
        self.rest = b""
        self.whole = False
        self.header = []
        self.tables = 0
        self.text_bytes = 0
        self.table = None
        self.rows = {}
        # Table → sum of the checksums of its rows, in any order. None: the rows are not on lines of their own.
        self.content = {}
        self.columns = []
        self.app_rows = []
        self.globals = []

    def add(self, chunk):
        """Takes the next bytes of the file, compressed or not."""
        self.digest.update(chunk)
        if self.unpack is None and not self.text_bytes and not self.rest:
            self.start(chunk)
        if self.unpack is None:
            self.add_text(chunk)
            return
        try:
            self.inflate(chunk)
        except zlib.error as error:
            raise Failed("backup-damaged", f"the database dump cannot be unpacked: {error}") from error

    def start(self, chunk):
        if chunk[:2] == b"\x1f\x8b":
            self.unpack = zlib.decompressobj(wbits=GZIP)
        elif chunk[:1] >= b"\x80":
            raise Failed("dump-encrypted", "the database dump is encrypted")

    def inflate(self, chunk):
        """bench writes its own lines as one gzip member and appends the dump as another (frappe/utils/backups.py)."""
        while chunk:
            if self.unpack.eof:
                self.unpack = zlib.decompressobj(wbits=GZIP)
            self.add_text(self.unpack.decompress(chunk, UNPACKED))
            chunk = self.unpack.unconsumed_tail or self.unpack.unused_data

    def add_text(self, text):
        if not self.text_bytes and text[257:262] == b"ustar":
            raise Failed("not-a-dump", "this is an archive of files, not a database dump")
        self.text_bytes += len(text)
        *lines, self.rest = (self.rest + text).split(b"\n")
        for line in lines:
            self.line(line)

    def line(self, line):
        if line[:1] == b"(" and self.table:
            self.row(line)
        elif line[:6] in (b"INSERT", b"REPLAC"):
            self.insert(line)
        elif line[:7] == b"CREATE ":
            self.create(line)
        elif line[:3] == b"  `" and self.table is None:
            self.columns += COLUMN.findall(line)[:1]
        elif line[:2] == b"--":
            self.comment(line)
        # Older clients stop at this line of newer dumps. It protects from commands, which --binary-mode refuses too.
        if self.sink and not line.startswith(b"/*M!999999"):
            self.sink(line + b"\n")

    def comment(self, line):
        self.whole = self.whole or line.startswith(b"-- Dump completed")
        if len(self.header) < 20:
            self.header.append(line.decode(errors="replace"))
        if b"Partial Backup" in line:
            raise Failed("dump-partial", "the dump is a partial backup: it does not have all tables of the site")

    def create(self, line):
        if found := NAMED.match(line):
            name = found[1].decode(errors="replace").replace("``", "`")
            self.table, self.columns = None, []
            if line.startswith(b"CREATE TABLE"):
                self.tables += 1
                self.rows.setdefault(name, 0)
                self.content.setdefault(name, 0)

    def insert(self, line):
        found = NAMED.match(line)
        if not found:
            return
        self.table = found[1].decode(errors="replace").replace("``", "`")
        self.rows.setdefault(self.table, 0)
        values = line[line.find(b"VALUES", found.end()) + len(b"VALUES"):]
        if values.strip():
            self.content[self.table] = None
            # Outside of texts, a value has no bracket.
            self.rows[self.table] += TEXTS.sub(b"", values).count(b"(")
            self.keep(values)

    def row(self, line):
        self.rows[self.table] += 1
        if self.content.get(self.table) is not None:
            self.content[self.table] += zlib.crc32(line.rstrip(b",;"))
        self.keep(line)

    def keep(self, values):
        if self.table == APP_TABLES[0]:
            self.app_rows += [dict(zip(self.columns_of_apps(), row)) for row in split_rows(values)]
        elif self.table == APP_TABLES[1] and b"'installed_apps'" in values:
            self.globals += [row for row in split_rows(values) if "installed_apps" in row]

    def columns_of_apps(self):
        return [column.decode() for column in self.columns]

    def finish(self):
        """Fails if the dump was cut. mariadb-dump writes its last line when everything was written."""
        if self.rest:
            self.line(self.rest)
        if not self.whole or (self.unpack is not None and not self.unpack.eof):
            raise Failed("backup-damaged", "the database dump is not whole: its last line is missing")

    def facts(self):
        """What the manifest of a backup says of its dump."""
        return {
            "sha256": self.digest.hexdigest(), "tables": self.tables, "rows": self.rows, "text_bytes": self.text_bytes
        }

    def apps(self):
        """The apps of the site with their versions, in the order of their installation."""
        versions = {row.get("app_name"): row.get("app_version", "") for row in self.app_rows}
        found = [app for row in self.globals for value in row if value.startswith("[") for app in json.loads(value)]
        apps = {app: versions.get(app, "") for app in found or versions}
        if "frappe" in apps and not apps["frappe"]:
            said = re.search(r"^-- version = (\S+)", "\n".join(self.header), re.MULTILINE)
            apps["frappe"] = said[1] if said else ""
        return apps


def split_rows(values):
    """The rows of the VALUES of a statement, each a list of texts."""
    rows, row = [], []
    for found in re.finditer(rb"[()]|" + VALUE.pattern, values, re.DOTALL):
        if found[0] == b"(":
            row = []
        elif found[0] == b")":
            rows.append(row)
        else:
            text = found[1] if found[1] is not None else found[2]
            row.append(re.sub(rb"\\(.)|''", lambda m: m[1] or b"'", text).decode(errors="replace"))
    return rows


def read_dump(stream, reader=None):
    reader = reader or DumpReader()
    while chunk := stream.read(CHUNK):
        reader.add(chunk)
    reader.finish()
    return reader


def stored(snapshot, path, use):
    """Gives the content of a file of a backup to a function as a stream, and returns its result."""
    process = subprocess.Popen(
        ["restic", "--no-lock", "dump", snapshot, str(path)],
        cwd=HOME, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    try:
        result = use(process.stdout)
    except Failed as error:
        process.kill()
        said = process.stderr.read().decode(errors="replace")
        raise (cause(f"{said}\n{error}", error.error) if error.error == "backup-damaged" else error) from error
    errors = process.stderr.read().decode(errors="replace")
    if process.wait():
        raise cause(errors, "backup-damaged")
    return result


# --- the site and the container --------------------------------------------------------------------------------------


def version_of(app):
    try:
        text = (BENCH / "apps" / app / app / "__init__.py").read_text()
    except OSError:
        return ""
    found = re.search(r"""^__version__\s*=\s*["']([\w.+-]+)["']""", text, re.MULTILINE)
    return found[1] if found else ""


def read(marker):
    """What a marker of create-site.sh or of these scripts says; empty: it does not exist."""
    path = MARKERS / marker
    return path.read_text().strip() if path.exists() else ""


def schema_of_site():
    """The fingerprint of the tables and patches that the site has; see image.py."""
    return read("schema")


def apps_of_site():
    """The apps, ERPNext first. Nomad forgets a job that ended, and then the installer does not know them."""
    markers = sorted(MARKERS.glob("app-*.done"), key=lambda marker: (marker.stat().st_mtime, marker.name))
    return os.environ["APPS"].split() or [marker.name[len("app-"):-len(".done")] for marker in markers]


def site_config():
    return json.loads((HOME / "site_config.json").read_text())


def write_durably(path, content):
    """Replaces a file in one step."""
    new = path.with_name(path.name + ".new")
    with open(new, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.rename(path)
    sync_directory(path.parent)


def sync_directory(directory):
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def size_of(directories):
    return sum(file.lstat().st_size for d in directories for file in (HOME / d).rglob("*") if file.is_file())


def lock():
    """Only one backup or restore of a site at a time. The kernel releases the lock when the container ends."""
    (HOME / "locks").mkdir(exist_ok=True)
    file = open(HOME / "locks" / "erp-installer-backup.lock", "w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Failed("backup-running", "another backup or restore of this site is running") from error
    return file


def become_frappe():
    """Gives an empty repository directory to the bench's user, and goes on as that user. A new volume is root's."""
    if os.getuid() != 0:
        return
    owner = (BENCH / "sites").stat()
    repository = Path(os.environ.get("REPOSITORY", ""))
    if repository.is_absolute() and repository.is_dir() and not any(repository.iterdir()):
        os.chown(repository, owner.st_uid, owner.st_gid)
    os.setgroups([])
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)
    os.environ["HOME"] = pwd.getpwuid(owner.st_uid).pw_dir


def is_restoring():
    """A restore began to replace the site and did not finish."""
    return (MARKERS / "restoring").exists()


def stop(*_):
    sys.exit(143)


def run(actions, otherwise):
    """Runs the action that the environment names, as the bench's user. Returns the exit code."""
    signal.signal(signal.SIGTERM, stop)
    code = 0
    try:
        become_frappe()
        actions[os.environ["ACTION"]]()
    except Failed as error:
        tell("failed", error=error.error, message=str(error), restoring=is_restoring())
        code = 1
    except OSError as error:
        word = "disk-full" if error.errno in (28, 122) else otherwise
        tell("failed", error=word, message=short(error), restoring=is_restoring())
        code = 1
    except Exception as error:
        # Without a last line the installer would not know whether the site is whole.
        traceback.print_exc()
        tell("failed", error=otherwise, message=short(f"{type(error).__name__}: {error}"), restoring=is_restoring())
        code = 1
    # The installer reads the log while the container runs: Nomad may remove it as soon as the container ends.
    time.sleep(int(os.environ.get("LINGER", "3")))
    return code
