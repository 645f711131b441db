"""Puts what the build changed outside the new apps into a directory: collect.py RECORD RESULT APP…

RESULT/bench has what is new or changed; RESULT/removed names, each ended by a zero byte, what is gone.
"""

import json
import os
import shutil
import sys
from pathlib import Path

from record import BENCH, record

recorded, result, apps = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]


def only_built_with(directory):
    """Packages that a front end was bundled from. Those of an app's root stay: hooks may serve files out of them."""
    package = directory.parent / "package.json"
    if not package.is_file():
        return False
    return "vite build" in json.loads(package.read_text()).get("scripts", {}).get("build", "")


for app in apps:
    root = Path(BENCH, "apps", app)
    for directory in [*root.rglob("__pycache__"), root / ".git"]:
        shutil.rmtree(directory, ignore_errors=True)
    for directory in root.glob("*/node_modules"):
        if only_built_with(directory):
            shutil.rmtree(directory)

with open(recorded, encoding="utf-8", errors="surrogateescape") as file:
    before = json.load(file)
after = record()


def counts(path):
    parts = path.split(os.sep)
    return not (parts[0] == "apps" and len(parts) > 1 and (parts[1] in apps or "__pycache__" in parts)) and path != "sites/assets"


gone = [path for path, state in before.items() if counts(path) and after.get(path, [None])[0] != state[0]]
removed = [path for path in gone if os.path.dirname(path) not in gone]
(result / "bench").mkdir(parents=True)
(result / "removed").write_bytes(b"".join(os.fsencode(os.path.join(BENCH, path)) + b"\0" for path in removed))
for path, state in after.items():
    if not counts(path) or before.get(path) == state:
        continue
    target = result / "bench" / path
    if state[0] == "directory":
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(os.path.join(BENCH, path), target, follow_symlinks=False)
