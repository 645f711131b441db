"""Copies into the bench the files that front ends changed outside their own app: merge.py SHARED APP…

SHARED has a directory for each app, made by collect.py. Each front end was built without the later ones, so its index
of assets is incomplete: the indexes are merged.
"""

import json
import os
import shutil
import sys
from pathlib import Path

from record import BENCH

built, apps = Path(sys.argv[1]), sys.argv[2:]


def remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def put(source, target):
    if source.is_dir() and not source.is_symlink():
        target.mkdir(parents=True, exist_ok=True)
    elif source.suffix == ".json" and source.parent.name == "assets" and target.is_file():
        target.write_text(json.dumps(json.loads(target.read_text()) | json.loads(source.read_text()), indent=4))
    else:
        remove(target)
        shutil.copy2(source, target, follow_symlinks=False)


for app in apps:
    for name in (built / app / "removed").read_bytes().split(b"\0"):
        if name:
            remove(Path(os.fsdecode(name)))
    changed = built / app / "bench"
    for directory, directories, files in os.walk(changed):
        for name in directories + files:
            source = Path(directory, name)
            put(source, Path(BENCH, source.relative_to(changed)))
