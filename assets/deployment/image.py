"""Compares an image of ERPNext with the site, and publishes its assets.

image.py schema            prints the fingerprint of everything in the image that `bench migrate` reads
image.py publish REVISION  copies the image's assets into the sites volume, as sites/.assets/REVISION
image.py switch REVISION   makes these the current assets; the previous ones stay for pages that are still open

The frontend serves the current assets, then the previous ones. A page that was loaded before an update still names the
old files, so they must stay available.
"""

import filecmp
import hashlib
import os
import shutil
import sys
from pathlib import Path

BENCH = Path(os.environ.get("BENCH", "/home/frappe/frappe-bench"))
PUBLISHED = BENCH / "sites/.assets"

# The frontend's own image already has these packages: hundreds of megabytes that no update of an app changes.
IN_THE_BASE_IMAGE = {"frappe/node_modules", "erpnext/node_modules"}

# Frappe reads these when it renders a page; migrate does not.
NOT_IN_DATABASE = {"public", "node_modules", "www", "templates", "locale", "translations", "tests", "__pycache__"}
NOT_IN_DATABASE_FILES = {
    ".py", ".pyc", ".js", ".ts", ".vue", ".css", ".scss", ".less", ".map", ".svg", ".png", ".jpg", ".gif", ".md", ".po"
}

# Code that migrate runs. Other Python code takes effect without a migration.
RUN_BY_MIGRATE = {"patches", "setup", "database", "migrate.py", "install.py", "installer.py", "hooks.py", "sync.py"}


def is_read_by_migrate(path):
    """The path is relative to the app's package."""
    if path.suffix == ".py":
        return not RUN_BY_MIGRATE.isdisjoint(path.parts) or path.parts == ("__init__.py",)
    return path.suffix not in NOT_IN_DATABASE_FILES


def schema():
    """Two images with the same fingerprint need no migration between them."""
    found = hashlib.sha256()
    for app in sorted(os.listdir(BENCH / "apps")):
        package = BENCH / "apps" / app / app
        found.update(f"app {app}\n".encode())
        for directory, directories, files in os.walk(package):
            directories[:] = sorted(set(directories) - NOT_IN_DATABASE)
            for name in sorted(files):
                path = Path(directory, name).relative_to(package)
                # An app's version alone changes no table. The versions of Frappe and ERPNext stand for a release.
                if path.name == "__init__.py" and app not in ("frappe", "erpnext"):
                    continue
                if is_read_by_migrate(path):
                    content = hashlib.sha256((package / path).read_bytes()).hexdigest()
                    found.update(f"{app}/{path} {content}\n".encode())
    return found.hexdigest()


def assets(directory, below=()):
    """Every file that a page may name, with its path below assets/. Follows links, but no directory into itself."""
    for entry in sorted(os.scandir(directory), key=lambda e: e.name):
        path = os.path.relpath(entry.path, BENCH / "sites/assets")
        real = os.path.realpath(entry.path)
        if path in IN_THE_BASE_IMAGE or entry.name.endswith(".map") or real in below or not os.path.exists(real):
            continue
        if os.path.isdir(real):
            yield from assets(entry.path, (*below, real))
        else:
            yield path, Path(entry.path)


def copy(source, target, before):
    """Links a file that did not change, so it takes no extra space."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if before.is_file() and filecmp.cmp(source, before, shallow=False):
        os.link(before, target)
    else:
        shutil.copy2(source, target)


def publish(revision):
    target, partial = PUBLISHED / revision, PUBLISHED / f"{revision}.partial"
    if target.exists():
        return
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    number = 0
    for path, source in assets(BENCH / "sites/assets"):
        copy(source, partial / "assets" / path, PUBLISHED / "current/assets" / path)
        number += 1
    os.sync()
    partial.rename(target)
    print(f"published {number} assets")


def link(name, revision):
    """Points sites/.assets/NAME at a revision, in one step: nginx finds either the old or the new one."""
    made = PUBLISHED / f"{name}.new"
    made.unlink(missing_ok=True)
    made.symlink_to(revision)
    made.rename(PUBLISHED / name)


def switch(revision):
    current = PUBLISHED / "current"
    before = os.readlink(current) if current.is_symlink() else None
    if before != revision:
        if before:
            link("previous", before)
        link("current", revision)
    kept = {os.path.realpath(PUBLISHED / name) for name in ("current", "previous")}
    for directory in PUBLISHED.iterdir():
        if not directory.is_symlink() and str(directory.resolve()) not in kept:
            shutil.rmtree(directory)


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "schema":
        print(schema())
    else:
        {"publish": publish, "switch": switch}[command](*arguments)
