"""Records the files of the bench: record.py FILE [DIRECTORY]. collect.py compares with it to find changes of the build.

DIRECTORY is below the bench; without it the whole bench is recorded.
"""

import json
import os
import stat
import sys

BENCH = "/home/frappe/frappe-bench"
LEFT_OUT = {"logs", "archived"}


def state(path):
    """A file counts as changed if this differs. Times are in whole seconds, like those of a pulled layer."""
    info = os.lstat(path)
    if stat.S_ISLNK(info.st_mode):
        return ["link", os.readlink(path)]
    if stat.S_ISDIR(info.st_mode):
        return ["directory"]
    return ["file", info.st_size, int(info.st_mtime), stat.S_IMODE(info.st_mode)]


def record(below=BENCH, without=frozenset()):
    """Maps each path below a directory, relative to the bench, to its state, without some paths and all below them."""
    without = {os.path.join(BENCH, name) for name in LEFT_OUT} | {str(path) for path in without}
    entries = {}
    for directory, directories, files in os.walk(below):
        for names in (directories, files):
            names[:] = [name for name in names if os.path.join(directory, name) not in without]
        for name in directories + files:
            path = os.path.join(directory, name)
            entries[os.path.relpath(path, BENCH)] = state(path)
    return entries


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8", errors="surrogateescape") as file:
        json.dump(record(os.path.join(BENCH, *sys.argv[2:])), file)
