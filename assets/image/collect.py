"""Collects the result of a build in directories that become layers of the image.

collect.py front APP [REQUIRED…]   of an app's front end: FRONT/APP below the app, SHARED/APP outside of it
collect.py bench APP…              of all apps: INSTALLED/APP as each was installed, RESULT the rest

Paths below FRONT/APP and INSTALLED/APP begin with frappe-bench. SHARED/APP contains "bench" with new and changed files,
and "removed", a list of removed paths that each end with a zero byte. In RESULT they are new/frappe/frappe-bench and
gone/frappe/removed: copied to /home, /home/frappe gets a fixed time too. All files have the time of the app's commit.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from prune import clamp, keeps_packages, prune
from record import BENCH, record

HOME = Path("/home/frappe")
FRONT, SHARED, INSTALLED, RESULT = HOME / "front", HOME / "shared", HOME / "installed", HOME / "result"


def read(name):
    path = HOME / name
    return json.loads(path.read_text(encoding="utf-8", errors="surrogateescape")) if path.exists() else {}


def commit_time(app):
    command = ["git", "-C", f"{BENCH}/apps/{app}", "log", "-1", "--format=%ct"]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def copy(path, state, target):
    if state[0] == "directory":
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(os.path.join(BENCH, path), target, follow_symlinks=False)


def is_below(path, *apps):
    parts = path.split(os.sep)
    return parts[0] == "apps" and len(parts) > 1 and parts[1] in apps


def is_made_again(path):
    """Files that Python and pip create wherever they run, and the link that newer images create at each start."""
    return "__pycache__" in path.split(os.sep) or path == "sites/assets"


def put_changes(before, after, counts, new, list_of_removed):
    """Copies new and changed files to a directory, and lists removed ones."""
    gone = {path for path, state in before.items() if after.get(path, [None])[0] != state[0] and counts(path)}
    removed = sorted(path for path in gone if os.path.dirname(path) not in gone)
    new.mkdir(parents=True)
    list_of_removed.parent.mkdir(parents=True, exist_ok=True)
    list_of_removed.write_bytes(b"".join(os.fsencode(os.path.join(BENCH, path)) + b"\0" for path in removed))
    for path, state in after.items():
        if before.get(path) != state and counts(path):
            copy(path, state, new / path)


def front(app, *required):
    root = Path(BENCH, "apps", app)
    time = commit_time(app)
    served = [root / app]
    unserved = {root / app / "public" / "node_modules"}
    if keeps_packages(root, app):
        served, unserved = [*served, root / "node_modules"], set()
    # Packages and environment are tens of thousands of files. To pass over them takes less time than to remove them.
    unserved.update(set(root.iterdir()) - set(served), [Path(BENCH, "env")])
    for path in [p for p in (root / app).rglob("*.map") if "public" in p.parts]:
        path.unlink()

    before = read("before.json") | read("unbuilt.json")
    after = record(without=unserved)
    target = FRONT / app / "frappe-bench"
    target.mkdir(parents=True)
    below = tuple(f"{directory.relative_to(BENCH)}/" for directory in served)
    for path, state in after.items():
        if path.startswith(below) and before.get(path) != state and not is_made_again(path):
            copy(path, state, target / path)

    def counts(path):
        # The stage of the Python parts delivers the environment; here it has only what bench needs to find the app.
        return not (is_made_again(path) or is_below(path, app, *required) or path.split(os.sep)[0] == "env" or path == "sites/apps.txt")

    put_changes(before, after, counts, SHARED / app / "bench", SHARED / app / "removed")
    clamp(FRONT / app, time)


def bench(*apps):
    times = {app: commit_time(app) for app in apps}
    for app in apps:
        target = INSTALLED / app / "frappe-bench" / "apps" / app
        # Not moved: the files are in a lower layer, so they would be copied anyway, and then removed one by one.
        shutil.copytree(Path(BENCH, "apps", app), target, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        prune(target, app)
        clamp(INSTALLED / app, times[app])

    before = read("base.json") or read("before.json")
    new, gone = RESULT / "new" / "frappe", RESULT / "gone" / "frappe"
    after = record(without={Path(BENCH, "apps", app) for app in apps})
    put_changes(before, after, lambda path: not (is_made_again(path) or is_below(path, *apps)), new / "frappe-bench", gone / "removed")
    for directory in (new, gone):
        shutil.copymode(HOME, directory)
    clamp(RESULT, max(times.values(), default=0))


if __name__ == "__main__":
    {"front": front, "bench": bench}[sys.argv[1]](*sys.argv[2:])
