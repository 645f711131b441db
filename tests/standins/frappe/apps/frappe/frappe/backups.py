"""Backups of a site: a dump of the database with its configuration and, on request, its files.

STANDIN_BACKUP in the environment makes the dump go wrong: `cut` writes only its first half.
"""

import datetime
import gzip
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from frappe.site import common_config, version_of

KEPT_SECONDS = 24 * 60 * 60


def backup(site, with_files=False, backup_path=None, compress=False):
    """Writes the files of one backup and prints their names. It deletes older backups in the default directory, and
    fails on a directory there, like the real one."""
    default = site.path / "private" / "backups"
    for file in default.glob("*"):
        if file.is_dir():
            print(f"builtins.IsADirectoryError: [Errno 21] Is a directory: '{file}'")
            fail(site)
        if time.time() - file.stat().st_ctime > KEPT_SECONDS:
            file.unlink()
    directory = Path(backup_path) if backup_path else default
    directory.mkdir(parents=True, exist_ok=True)
    stamp = datetime.datetime.now().strftime("%Y%m%d_%H%M%S")
    prefix = directory / f"{stamp}-{site.name.replace('.', '_')}"
    encrypted = "-enc" if site.database.run(
        "SELECT value FROM tabSingles WHERE field = 'encrypt_backup' AND value = '1'"
    ) else ""
    try:
        shutil.copy(site.path / "site_config.json", f"{prefix}-site_config_backup{encrypted}.json")
        dump(site, Path(f"{prefix}-database{encrypted}.sql.gz"))
        if with_files:
            for name, source in (("files", "public/files"), ("private-files", "private/files")):
                ending, mode = ("tgz", "czf") if compress else ("tar", "cf")
                archive = f"{prefix}-{name}{encrypted}.{ending}"
                subprocess.run(["tar", mode, archive, f"./{site.name}/{source}"], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        for file in directory.glob(f"{prefix.name}*"):
            file.unlink()
        print(error)
        fail(site)
    print(f"Backup Summary for {site.name} at {datetime.datetime.now()}")
    for file in sorted(directory.glob(f"{prefix.name}*")):
        print(f"{file.name}: {file} {file.stat().st_size / 2**20:.1f}MiB")
    print(f"Backup for Site {site.name} has been successfully completed")


def fail(site):
    print(f"Backup failed for Site {site.name}. Database or site_config.json may be corrupted")
    sys.exit(1)


def dump(site, path):
    config = site.config
    common = common_config()
    host = config.get("db_host") or common.get("db_host") or "localhost"
    port = config.get("db_port") or common.get("db_port") or 3306
    header = f"-- begin frappe metadata\n-- [frappe]\n-- version = {version_of('frappe')}\n-- branch = N/A\n"
    done = subprocess.run(
        ["mariadb-dump", "--no-defaults", "--protocol=tcp", f"--host={host}", f"--port={port}",
         f"--user={config['db_name']}", "--single-transaction", "--quick", "--lock-tables=false", config["db_name"]],
        env=os.environ | {"MYSQL_PWD": config["db_password"]}, capture_output=True,
    )
    if done.returncode:
        raise OSError(done.stderr.decode())
    statements = done.stdout
    if os.environ.get("STANDIN_BACKUP") == "cut":
        statements = statements[: len(statements) // 2]
    # Like the real one: two members of gzip in one file.
    for text in (f"{header}-- end frappe metadata\n".encode(), statements):
        with gzip.open(path, "ab") as file:
            file.write(text)
