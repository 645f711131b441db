"""Restores a site from a backup, or from the files of another installation. It runs with the bench's Python in a
container of the image, beside the others.

Environment: ACTION (look, prepare or restore), SITE, APPS (the apps of the answers), DB_HOST, DB_PORT, ONE_DISK (0: the
  database is on another disk than the sites), and the source:
  REPOSITORY (as restic spells it), REPOSITORY_USER, SNAPSHOT (an id or latest), or
  DATABASE, PUBLIC, PRIVATE, CONFIG (paths of files that bench backup wrote elsewhere; all but the first may be missing)
Files in SECRETS (default /secrets): db_root_password, admin_password, repository_password, repository_secret.

look     reads the source to its end and compares it with this image. It changes nothing.
prepare  does the same, then loads the dump into a database beside the site's and unpacks the files beside the site's.
         It compares what it loaded with the dump. The site can serve meanwhile.
restore  prepares if that was not done, then exchanges both. The application must be stopped.

The dump is not loaded by "bench restore": that drops the database before it reads the dump, and a statement that
fails then leaves no site. Here a database is dropped only after another one has taken its place, in one statement that
MariaDB does completely or not at all.

While the marker .installer/restoring exists, nginx shows its maintenance page and the init job refuses the site. It
holds the id of the source. A restore that was killed continues when the same one is started again.

The lines of the output are those of site_backup.py. The last one is found, prepared, restored or failed. Exit code:
0, or 1 after failed.
"""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zlib
from pathlib import Path, PurePosixPath

import image
from site_backup import (
    BENCH, CONFIG, DUMP, FILES, HOME, MANIFEST, MARKERS, SECRETS, SITE, DumpReader, Failed, apps_of_site, clean,
    is_restoring, lock, open_repository, read_dump, restic, run, say, short, site_config, size_of, stored,
    sync_directory, tell, version_of, write_durably,
)

WORK = MARKERS / "restore"
STATE = WORK / "state.json"
PROGRAMS = WORK / "programs.sql"
# Not in WORK: a restore of another source must not forget what a killed one dropped.
PROGRAMS_BEFORE = MARKERS / "programs-before.sql"
# A restore replaced the tables and did not finish, and another source was begun since: no attempt that gives up may
# open the site.
MIXED = MARKERS / "restore-mixed"
STAGED, REPLACED = WORK / "files", WORK / "before"
# Everything else in site_config.json belongs to this installation: the names of the database, for example.
TAKEN_OVER = ("encryption_key", "backup_encryption_key", "user_type_doctype_limit")
# Without these tables a dump is not that of a site.
REQUIRED_TABLES = ("tabDefaultValue", "tabDocType", "tabSingles", "tabUser")
# MariaDB's smallest table with its indexes; a site has hundreds.
TABLE_BYTES = 128 << 10
# Tables with indexes take more than the text of the dump.
TABLES_PER_TEXT = 2
LOADER = LOCK = "erp-installer-restore"
DEFINER = re.compile(rb"DEFINER=`[^`]*`@`[^`]*`")


# --- the database ----------------------------------------------------------------------------------------------------


def program(*names):
    found = next((path for name in names if (path := shutil.which(name))), None)
    if not found:
        raise Failed("client-missing", f"the image has no {names[0]}")
    return found


def login(user, password, *names):
    """The begin of a command line, and its environment. Arguments would show the password in the process list."""
    command = [
        program(*names), "--no-defaults", "--protocol=tcp", f"--host={os.environ.get('DB_HOST', 'db')}",
        f"--port={os.environ.get('DB_PORT', '3306')}", f"--user={user}",
    ]
    return command, os.environ | {"MYSQL_PWD": password}


def root(*names):
    return login("root", (SECRETS / "db_root_password").read_text().strip(), *names)


def sql(statement, otherwise="restore-failed"):
    """What MariaDB answers to root: rows of texts."""
    command, environment = root("mariadb", "mysql")
    done = subprocess.run(
        [*command, "--connect-timeout=30", "--batch", "--skip-column-names", "--raw"],
        input=statement, env=environment, capture_output=True, text=True,
    )
    if done.returncode:
        raise database_cause(done.stderr, otherwise)
    return [line.split("\t") for line in done.stdout.splitlines()]


def database_cause(said, otherwise):
    """The error for what a client said, without the statement: that has rows of the site."""
    line = next((line for line in said.splitlines() if "ERROR" in line or "error" in line.lower()), said)
    code = re.search(r"(?:ERROR|error:?) (\d+)", line)
    number = int(code[1]) if code else 0
    text = short(re.sub(r"\b(near|entry|value:?) '.*", r"\1 …", line))
    if number in (1021, 1030, 1041, 1114) or "No space left" in line:
        return Failed("disk-full", text)
    if number in (1045, 1698):
        return Failed("database-password", text)
    if number in (2002, 2003, 2005, 2006, 2013):
        return Failed("database-unreachable", text)
    return Failed(otherwise, text)


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


def text(value):
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


class Database:
    """The site's database, and beside it the loaded one and the replaced one."""

    def __init__(self):
        config = site_config()
        self.name, self.password = config["db_name"], config["db_password"]
        self.user = config.get("db_user") or self.name
        if not re.fullmatch(r"[A-Za-z0-9_]+", self.name) or not re.fullmatch(r"[A-Za-z0-9_]+", self.user):
            raise Failed("restore-failed", "the name of the database in site_config.json is not valid")
        self.loaded, self.replaced = f"{self.name}_restore", f"{self.name}_before"

    def tables(self, database, kinds="<> 'VIEW'"):
        return [
            name for name, in sql(
                f"SELECT table_name FROM information_schema.tables WHERE table_schema = '{database}' "
                f"AND table_type {kinds} ORDER BY table_name"
            )
        ]

    def triggers(self, database):
        return [
            name for name, in sql(
                f"SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = '{database}'"
            )
        ]

    def ensure(self):
        """The database and its user, if they were lost."""
        everywhere = f"'{self.user}'@'%'"
        sql(
            f"CREATE DATABASE IF NOT EXISTS {quoted(self.name)};"
            f"CREATE USER IF NOT EXISTS {everywhere} IDENTIFIED BY {text(self.password)};"
            f"GRANT ALL PRIVILEGES ON {quoted(self.name)}.* TO {everywhere};"
        )

    def create(self, database):
        collation = sql(
            "SELECT default_character_set_name, default_collation_name FROM information_schema.schemata "
            f"WHERE schema_name = '{self.name}'"
        )
        kind = f" CHARACTER SET {collation[0][0]} COLLATE {collation[0][1]}" if collation else ""
        sql(f"DROP DATABASE IF EXISTS {quoted(database)}; CREATE DATABASE {quoted(database)}{kind};")

    def drop(self, database):
        sql(f"DROP DATABASE IF EXISTS {quoted(database)};")

    def drop_programs(self, database):
        drops = [f"DROP VIEW {quoted(database)}.{quoted(v)};" for v in self.tables(database, "= 'VIEW'")]
        drops += [f"DROP TRIGGER {quoted(database)}.{quoted(t)};" for t in self.triggers(database)]
        if drops:
            sql("".join(drops))

    def exchange(self):
        """Puts the loaded tables into the place of the site's, in one statement. MariaDB 10.6 and later do it
        completely or not at all, even when it is killed meanwhile."""
        moves = [(self.name, self.replaced, table) for table in self.tables(self.name)]
        moves += [(self.loaded, self.name, table) for table in self.tables(self.loaded)]
        steps = ", ".join(f"{quoted(a)}.{quoted(t)} TO {quoted(b)}.{quoted(t)}" for a, b, t in moves)
        self.end_connections()
        sql(
            f"SELECT GET_LOCK('{LOCK}', 0); SET SESSION foreign_key_checks = 0; SET SESSION lock_wait_timeout = 60;"
            f"RENAME TABLE {steps};"
        )

    def end_connections(self):
        """A connection that was left open would keep its tables locked for hours."""
        for number, in sql(f"SELECT id FROM information_schema.processlist WHERE user = '{self.user}'"):
            try:
                sql(f"KILL {int(number)};")
            except Failed:
                # It ended by itself.
                continue

    def has_loaded_tables(self):
        """Whether the loaded database still has its tables, as soon as an exchange that may be under way has ended."""
        sql(f"SELECT GET_LOCK('{LOCK}', 600);")
        return bool(self.tables(self.loaded))

    def drop_extra_users(self):
        """MariaDB would prefer an account of one address to that of all, and a changed password would lock it out."""
        for host, in sql(f"SELECT Host FROM mysql.user WHERE User = '{self.user}' AND Host <> '%'"):
            sql(f"DROP USER {text(self.user)}@{text(host)};")


class Loader:
    """An account that can change the loaded database only, whatever statements a dump has."""

    def __init__(self, database):
        self.database, self.password = database, secrets.token_hex(20)

    def __enter__(self):
        # In a grant, _ stands for any character.
        target = quoted(self.database.replace("_", "\\_"))
        sql(
            f"CREATE OR REPLACE USER '{LOADER}'@'%' IDENTIFIED BY '{self.password}';"
            f"GRANT ALL PRIVILEGES ON {target}.* TO '{LOADER}'@'%';"
        )
        return self

    def __exit__(self, *_):
        sql(f"DROP USER IF EXISTS '{LOADER}'@'%';")


def dump(*arguments):
    """Yields the stream that mariadb-dump writes, once."""
    command, environment = root("mariadb-dump", "mysqldump")
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [*command, "--single-transaction", "--quick", "--lock-tables=false", *arguments],
            env=environment, stdout=subprocess.PIPE, stderr=errors,
        )
        yield process.stdout
        if process.wait():
            errors.seek(0)
            raise database_cause(errors.read().decode(errors="replace"), "restore-failed")


def load(user, password, database, write):
    """Runs the client and gives it what `write` writes into a function."""
    command, environment = login(user, password, "mariadb", "mysql")
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            # Binary mode refuses the client's own commands, some of which run programs.
            [*command, "--binary-mode", "--default-character-set=utf8mb4", "--max-allowed-packet=1G", database],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors,
        )
        try:
            write(lambda line: process.stdin.write(DEFINER.sub(b"", line) if line.startswith(b"/*!50") else line))
            process.stdin.close()
        except BrokenPipeError:
            pass
        except BaseException:
            process.kill()
            raise
        if process.wait():
            errors.seek(0)
            raise database_cause(errors.read().decode(errors="replace"), "dump-refused")


# --- sources ---------------------------------------------------------------------------------------------------------


class Backup:
    """A backup in the repository."""

    is_ours = True

    def __init__(self, snapshot):
        if not re.fullmatch(r"latest|[0-9a-f]{4,64}", snapshot):
            raise Failed("backup-missing", f"{short(snapshot)} is not the id of a backup")
        open_repository()
        chosen = ["--host", SITE] if snapshot == "latest" else [snapshot]
        found = json.loads(restic("snapshots", "--json", *chosen)) or []
        tags = [dict(tag.split("=", 1) for tag in one.get("tags") or [] if "=" in tag) for one in found]
        # After a restore, the newest backup is that of what was replaced.
        known = [pair for pair in zip(found, tags) if snapshot != "latest" or pair[1].get("by") != "safeguard"]
        if not known:
            only = " but those that were made before a restore or an update; restore one of them by its id"
            raise Failed("backup-missing", f"there is no backup {snapshot}" if not found else f"there is none{only}")
        one, tags = max(known, key=lambda pair: pair[0]["time"])
        self.id, self.time, self.by = one["short_id"], one["time"], tags.get("by", "")
        self.release = tags.get("release", "")
        self.manifest = json.loads(restic("dump", self.id, str(MANIFEST), otherwise="backup-damaged"))
        self.site = self.manifest.get("site", "")
        self.schema = self.manifest.get("schema", "")
        self.config = json.loads(restic("dump", self.id, str(CONFIG), otherwise="backup-damaged"))

    def read(self, reader):
        stored(self.id, DUMP, lambda stream: read_dump(stream, reader))
        if reader.facts()["sha256"] != self.manifest["dump"]["sha256"]:
            raise Failed("backup-damaged", "the database dump is not the one that was stored")

    def files(self):
        """How many files there are, and their size."""
        listed = restic("ls", "--json", self.id, otherwise="backup-damaged").splitlines()
        sizes = [
            node.get("size", 0) for node in map(json.loads, listed)
            if node.get("type") == "file" and node["path"].startswith(tuple(f"/{d}/" for d in FILES))
        ]
        return len(sizes), sum(sizes)

    def unpack(self, target):
        wanted = [word for directory in FILES for word in ("--include", f"/{directory}")]
        restic("restore", self.id, "--target", str(target), "--verify", *wanted, otherwise="backup-damaged")


class Foreign:
    """The files that bench backup wrote for a site of another installation."""

    is_ours, by, release, site, schema = False, "", "", "", ""

    def __init__(self):
        given = {kind: os.environ.get(kind) for kind in ("DATABASE", "PUBLIC", "PRIVATE", "CONFIG")}
        self.paths = {kind: Path(path) for kind, path in given.items() if path}
        for path in self.paths.values():
            if not path.is_file() or not os.access(path, os.R_OK):
                raise Failed("file-missing", f"{path.name}: there is no such file, or it cannot be read")
        stats = {kind: path.stat() for kind, path in self.paths.items()}
        self.id = "files-" + "-".join(f"{s.st_ino}.{s.st_size}.{s.st_mtime_ns}" for s in stats.values())
        self.time = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(stats["DATABASE"].st_mtime))
        self.config = self.read_config()

    def read_config(self):
        if "CONFIG" not in self.paths:
            return {}
        path = self.paths["CONFIG"]
        try:
            config = json.loads(path.read_text())
        except (UnicodeDecodeError, ValueError) as error:
            raise Failed("file-wrong", f"{path.name}: this is not a site_config.json") from error
        if not isinstance(config, dict) or "db_name" not in config:
            raise Failed("file-wrong", f"{path.name}: this is not a site_config.json")
        return config

    def read(self, reader):
        path = self.paths["DATABASE"]
        try:
            with open(path, "rb") as stream:
                read_dump(stream, reader)
        except Failed as error:
            raise Failed(error.error, f"{path.name}: {error}") from error

    def files(self):
        found = [member.size for _, member, _ in self.members()]
        return len(found), sum(found)

    def unpack(self, target):
        for path, member, archive in self.members():
            place = target / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if member.islnk():
                # tar writes a file with two names once; the first of them comes first.
                shutil.copy2(target / inside(member.linkname), place)
                continue
            with open(place, "wb") as file:
                shutil.copyfileobj(archive.extractfile(member), file)
            os.utime(place, (member.mtime, member.mtime))

    def members(self):
        """The files of both archives: the path in the site, the entry, the archive."""
        for kind, directory in (("PUBLIC", FILES[0]), ("PRIVATE", FILES[1])):
            if kind in self.paths:
                yield from members(self.paths[kind], directory)


def inside(name):
    """The path in the site of an entry ./SITE/public/files/… of an archive; None: it is none of the files."""
    parts = PurePosixPath(name).parts
    for i in range(len(parts)):
        if Path(*parts[i:i + 2]) in FILES:
            return Path(*parts[i:])
    return None


def members(path, directory):
    """The files of an archive that bench backup wrote: the path in the site, the entry, the archive."""
    with open(path, "rb") as file:
        if file.read(1) >= b"\x80":
            raise Failed("files-encrypted", f"{path.name}: the archive is encrypted")
    seen = False
    try:
        with tarfile.open(path, "r|*") as archive:
            for member in archive:
                place = inside(member.name)
                if place is None:
                    continue
                if not place.is_relative_to(directory):
                    raise Failed("files-swapped", f"{path.name} has {Path(*place.parts[:2])}, not {directory}")
                if ".." in place.parts:
                    raise Failed("file-wrong", f"{path.name}: it has the path {short(member.name)}")
                seen = True
                if member.isfile() or member.islnk():
                    yield place, member, archive
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise Failed("files-damaged", f"{path.name}: the archive cannot be read to its end: {short(error)}") from error
    if not seen:
        raise Failed("file-wrong", f"{path.name}: this is not an archive of {directory} made by bench backup")


def source():
    return Foreign() if os.environ.get("DATABASE") else Backup(os.environ["SNAPSHOT"])


# --- look ------------------------------------------------------------------------------------------------------------


def number(version):
    """15.75.0 as a tuple; words such as -beta are left out."""
    parts = [int(part) for part in re.findall(r"\d+", re.split(r"[-+]|(?<=\d)[a-z]", version)[0])]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def check_site(reader):
    missing = [table for table in REQUIRED_TABLES if table not in reader.rows]
    if missing or not reader.apps():
        raise Failed("not-a-dump", f"this is not a dump of a site: it lacks {', '.join(missing) or 'its list of apps'}")


def check_apps(apps):
    known = {"frappe", *apps_of_site()}
    missing = [f"{app} {version}".strip() for app, version in apps.items() if app not in known]
    if missing:
        raise Failed("app-missing", ", ".join(missing))
    newer = [
        f"{app} {version} (here {here})" for app, version in apps.items()
        if (here := version_of(app)) and version and number(version) > number(here)
    ]
    if newer:
        raise Failed("backup-newer", ", ".join(newer))


def check_space(reader, size):
    """The disk of the database can be seen only when it is that of the sites."""
    database = reader.tables * TABLE_BYTES + reader.text_bytes * TABLES_PER_TEXT
    needed = size + (database if os.environ.get("ONE_DISK", "1") == "1" else 0)
    # What a restore before this one left is removed first.
    left = size_of([path.relative_to(HOME) for path in (STAGED, REPLACED)])
    free = shutil.disk_usage(HOME).free + left
    # A restore that began to replace the site has loaded everything, and must be able to finish.
    if needed > free and not is_restoring():
        raise Failed("disk-full", f"{needed / 1e6:.0f} MB are needed and {free / 1e6:.0f} MB are free")
    return needed, free


def present():
    """What the restore would replace. A site whose database is broken has less of it."""
    found = {"tables": 0, "files": sum(1 for d in FILES for f in (HOME / d).rglob("*") if f.is_file())}
    try:
        name = Database().name
        row = sql(
            "SELECT COUNT(*), IFNULL(MAX(update_time), '') FROM information_schema.tables "
            f"WHERE table_schema = '{name}'"
        )[0]
        found |= {"tables": int(row[0]), "changed": row[1]}
        found["users"] = int(sql(f"SELECT COUNT(*) FROM {quoted(name)}.tabUser WHERE last_login IS NOT NULL")[0][0])
    except (Failed, ValueError, KeyError, OSError):
        pass
    return found


def examine(given):
    """Reads the source to its end. Fails if it cannot be restored here. Returns the reader and what was found."""
    say("reading the database dump to its end")
    reader = DumpReader()
    given.read(reader)
    check_site(reader)
    apps = reader.apps()
    check_apps(apps)
    say("reading the list of the files")
    count, size = given.files()
    needed, free = check_space(reader, size)
    here = {app: version_of(app) for app in ["frappe", *apps_of_site()]}
    return reader, {
        "source": given.id, "time": given.time, "by": given.by, "release": given.release, "site": given.site,
        "apps": apps, "image": here, "migrates": must_migrate(given.schema, apps), "tables": reader.tables,
        "rows": sum(reader.rows.values()), "dump": reader.text_bytes, "files": count, "bytes": size, "needed": needed,
        "free": free, "config": bool(given.config), "restoring": is_restoring(),
    }


def must_migrate(schema, apps):
    return schema != image.schema() or any(app not in apps for app in apps_of_site())


def look():
    _, found = examine(source())
    tell("found", **found, present=present())


# --- prepare ---------------------------------------------------------------------------------------------------------


def state():
    """What was prepared, or None."""
    return json.loads(STATE.read_text()) if STATE.exists() else None


def is_exchanged():
    """The tables of the source that was prepared are the site's already."""
    return is_restoring() and not Database().has_loaded_tables()


def prepare():
    with lock():
        tell("prepared", **prepare_from(source()))


def prepare_from(given):
    done = state()
    if done and done["source"] == given.id and (is_exchanged() or is_loaded(done)):
        return done
    database = Database()
    settle(database)
    discard(database)
    reader, found = examine(given)
    WORK.mkdir(parents=True)
    load_database(given, database, found)
    unpack_files(given, found)
    prepared = found | {"keys": {key: given.config[key] for key in TAKEN_OVER if key in given.config}}
    # The keys are secrets.
    with open(os.open(WORK / "keys.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(prepared.pop("keys"), file)
    prepared["schema"] = given.schema
    write_durably(STATE, json.dumps(prepared))
    return prepared


def settle(database):
    """What a killed restore of another source means for the site, while that can still be seen."""
    if MIXED.exists():
        return
    if is_exchanged():
        write_durably(MIXED, "")
    elif is_restoring():
        give_up(database)


def is_loaded(done):
    database = Database()
    return len(database.tables(database.loaded)) >= done["tables"] and STAGED.is_dir()


def discard(database):
    """Removes what an earlier attempt left. The site's own tables and files are elsewhere."""
    STATE.unlink(missing_ok=True)
    database.drop(database.loaded)
    if WORK.exists():
        # A restore that was killed may have moved these away and nothing into their place.
        for directory in FILES:
            if (REPLACED / directory).is_dir() and not (HOME / directory).exists():
                (REPLACED / directory).rename(HOME / directory)
        shutil.rmtree(WORK)


def load_database(given, database, found):
    say(f"loading {found['tables']} tables with {found['rows']} rows beside the site")
    database.create(database.loaded)
    try:
        with Loader(database.loaded) as loader:
            read = DumpReader()

            def write(sink):
                read.sink = sink
                given.read(read)

            load(LOADER, loader.password, database.loaded, write)
            say("comparing the loaded tables with the dump")
            compare(given, read, database)
            check_keys(given, database)
            keep_programs(database, database.loaded, PROGRAMS)
            database.drop_programs(database.loaded)
    except BaseException:
        database.drop(database.loaded)
        raise


def compare(given, read, database):
    """Every table has its rows. The checksums of the rows are compared where both dumps have them."""
    now = DumpReader()
    for stream in dump(database.loaded):
        read_dump(stream, now)
    for table, rows in read.rows.items():
        if now.rows.get(table) != rows:
            raise Failed("restore-differs", f"the table {table} has {now.rows.get(table, 0)} of {rows} rows")
        sums = read.content.get(table), now.content.get(table)
        # Another version of MariaDB may write a value in another way.
        if given.is_ours and None not in sums and sums[0] != sums[1]:
            raise Failed("restore-differs", f"rows of the table {table} differ from those in the dump")


def check_keys(given, database):
    """Stored passwords can be decrypted with the key that comes with the dump."""
    if "__Auth" not in database.tables(database.loaded):
        return
    stored_ones = sql(f"SELECT password FROM {quoted(database.loaded)}.`__Auth` WHERE encrypted = 1")
    if not stored_ones:
        return
    key = given.config.get("encryption_key")
    if not key:
        tell("warning", text=f"{len(stored_ones)} stored passwords cannot be read: the source has no encryption_key")
        return
    from cryptography.fernet import Fernet, InvalidToken

    unreadable = 0
    for secret, in stored_ones:
        try:
            Fernet(key).decrypt(secret.encode())
        except (InvalidToken, ValueError):
            unreadable += 1
    if unreadable:
        told = f"{unreadable} of {len(stored_ones)} stored passwords cannot be read with the source's key"
        tell("warning", text=told)


def keep_programs(database, name, path):
    """Views and triggers cannot move to another database: they are written down, and made again there."""
    views, triggers = database.tables(name, "= 'VIEW'"), database.triggers(name)
    parts = [["--no-data", "--no-create-info", "--add-drop-trigger", name]] if triggers else []
    parts += [["--no-data", "--skip-triggers", name, *views]] if views else []
    with open(path, "wb") as file:
        for part in parts:
            for stream in dump(*part):
                shutil.copyfileobj(stream, file)


def keep_own_programs(database):
    """Only once: a restore that was killed after this may have dropped them."""
    if not PROGRAMS_BEFORE.exists():
        new = WORK / "programs-before.new"
        keep_programs(database, database.name, new)
        new.rename(PROGRAMS_BEFORE)


def make_programs(database, path):
    if path.exists() and path.stat().st_size:
        with open(path, "rb") as programs:
            load(database.user, database.password, database.name, lambda sink: [sink(line) for line in programs])


def is_regular(file):
    return file.is_file() and not file.is_symlink()


def unpack_files(given, found):
    say(f"unpacking {found['files']} files beside the site")
    STAGED.mkdir(parents=True)
    given.unpack(STAGED)
    for directory in FILES:
        (STAGED / directory).mkdir(parents=True, exist_ok=True)
    count = sum(1 for directory in FILES for file in (STAGED / directory).rglob("*") if is_regular(file))
    if count != found["files"]:
        raise Failed("restore-differs", f"{count} of {found['files']} files were unpacked")


# --- restore ---------------------------------------------------------------------------------------------------------


def restore():
    with lock():
        done = prepare_from(source())
        database = Database()
        begin(done)
        exchange_tables(database)
        exchange_files()
        take_over_keys()
        database.drop_extra_users()
        empty_redis()
        set_administrator()
        mark_apps(done)
        clean_up(database)
        end(done)
        tell("restored", **done)


def begin(done):
    say("replacing the site: its visitors see the maintenance page")
    (MARKERS / "maintenance").touch()
    write_durably(MARKERS / "restoring", done["source"])


def exchange_tables(database):
    if not is_exchanged():
        database.ensure()
        database.create(database.replaced)
        keep_own_programs(database)
        database.drop_programs(database.name)
        try:
            database.exchange()
        except Failed:
            if not is_exchanged() and not MIXED.exists():
                give_up(database)
            raise
    PROGRAMS_BEFORE.unlink(missing_ok=True)
    make_programs(database, PROGRAMS)


def give_up(database):
    """The site has its own tables still: it can be served as it was."""
    make_programs(database, PROGRAMS_BEFORE)
    PROGRAMS_BEFORE.unlink(missing_ok=True)
    show_again()
    (MARKERS / "restoring").unlink()


def show_again():
    """Ends the maintenance page, unless the database is still changed or an update holds the site; see update.py."""
    if not (MARKERS / "changing").exists() and not (MARKERS / "held").exists():
        (MARKERS / "maintenance").unlink(missing_ok=True)


def exchange_files():
    for directory in FILES:
        staged, replaced, own = STAGED / directory, REPLACED / directory, HOME / directory
        if not staged.exists():
            continue
        replaced.parent.mkdir(parents=True, exist_ok=True)
        own.parent.mkdir(parents=True, exist_ok=True)
        if own.exists():
            own.rename(replaced)
        staged.rename(own)
        sync_directory(own.parent)


def take_over_keys():
    config = site_config() | json.loads((WORK / "keys.json").read_text())
    write_durably(HOME / "site_config.json", json.dumps(config, indent=1, sort_keys=True))


def redis_addresses():
    common = json.loads((BENCH / "sites" / "common_site_config.json").read_text())
    own = [os.environ.get(f"FRAPPE_{name.upper()}") or common.get(name) for name in ("redis_cache", "redis_queue")]
    return [address for address in own if address]


def empty_redis():
    """The cache describes the replaced site, and the queued jobs belong to it."""
    import redis

    for address in redis_addresses():
        redis.Redis.from_url(address).flushdb()


# bench takes passwords only as arguments, which every user of the host can read in the process list. So this calls
# bench's own entry point and adds the password inside the process.
WITH_PASSWORD = """
import os, runpy, sys
with open(os.environ["PASSWORD_FILE"]) as file:
    sys.argv[1:] = ["frappe", *sys.argv[1:], file.read().strip()]
runpy.run_module("frappe.utils.bench_helper", run_name="__main__", alter_sys=True)
"""


def set_administrator():
    """The password came with the dump. It becomes that of this installation again."""
    done = subprocess.run(
        [sys.executable, "-c", WITH_PASSWORD, "--site", SITE, "set-admin-password", "--logout-all-sessions"],
        cwd=BENCH / "sites", env=os.environ | {"PASSWORD_FILE": str(SECRETS / "admin_password")},
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        said = short(clean(lines[-1])) if lines else "bench said nothing"
        raise Failed("restore-failed", f"the password of Administrator was not set: {said}")


def mark_apps(done):
    """The init job installs the apps of the answers that the source did not have, and migrates when it must."""
    for marker in [*MARKERS.glob("app-*.done"), *MARKERS.glob("app-*.begun")]:
        marker.unlink()
    for app in done["apps"]:
        if app != "frappe":
            (MARKERS / f"app-{app}.done").touch()
    if done["schema"]:
        write_durably(MARKERS / "schema", done["schema"] + "\n")
    else:
        (MARKERS / "schema").unlink(missing_ok=True)


def clean_up(database):
    shutil.rmtree(REPLACED, ignore_errors=True)
    database.drop(database.replaced)
    database.drop(database.loaded)


def end(done):
    """When the database must be migrated, the site stays in maintenance until the init job has done that."""
    if must_migrate(done["schema"], done["apps"]):
        write_durably(MARKERS / "changing", "restored\n")
        (MARKERS / "revision").unlink(missing_ok=True)
    else:
        (MARKERS / "changing").unlink(missing_ok=True)
    shutil.rmtree(WORK, ignore_errors=True)
    MIXED.unlink(missing_ok=True)
    show_again()
    (MARKERS / "restoring").unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(run({"look": look, "prepare": prepare, "restore": restore}, "restore-failed"))
