"""Writes down what is in the bench: record.py FILE [DIRECTORY]. By it collect.py knows what the build changed.

DIRECTORY is below the bench; without it the whole bench is recorded.
"""

import json
import os
import stat
import sys

BENCH = "/home/frappe/frappe-bench"
LEFT_OUT = {"logs", "archived"}


def state(path):
    """What must differ for a file to count as changed. Whole seconds: a layer that was pulled has no finer times."""
    info = os.lstat(path)
    if stat.S_ISLNK(info.st_mode):
        return ["link", os.readlink(path)]
    if stat.S_ISDIR(info.st_mode):
        return ["directory"]
    return ["file", info.st_size, int(info.st_mtime), stat.S_IMODE(info.st_mode)]


def record(below=BENCH):
    """Path below the bench to state, of everything in a directory."""
    entries = {}
    for directory, directories, files in os.walk(below):
        if directory == BENCH:
            directories[:] = [name for name in directories if name not in LEFT_OUT]
        for name in directories + files:
            path = os.path.join(directory, name)
            entries[os.path.relpath(path, BENCH)] = state(path)
    return entries


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8", errors="surrogateescape") as file:
        json.dump(record(os.path.join(BENCH, *sys.argv[2:])), file)
