"""Records the files of the bench. collect.py compares with it to find changes of the build.

record.py FILE                       records the whole bench
record.py FILE DIRECTORY             records a directory below the bench
record.py FILE DIRECTORY --tracked   adds the files that git tracks, but for those in FILE: what yarn made stays new
"""

import json
import os
import stat
import subprocess
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
            # os.path.relpath takes longer than all else here.
            entries[path[len(BENCH) + 1 :]] = state(path)
    return entries


def tracked(root):
    """The same for the files that git knows, and their directories."""
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z"], stdout=subprocess.PIPE, check=True).stdout
    paths = set()
    for name in filter(None, os.fsdecode(listed).split("\0")):
        path = os.path.join(root, name)
        while path != root and path not in paths:
            paths.add(path)
            path = os.path.dirname(path)
    return {os.path.relpath(path, BENCH): state(path) for path in paths if os.path.lexists(path)}


def main(name, directory="", option=None):
    below = os.path.join(BENCH, directory) if directory else BENCH
    if option == "--tracked":
        with open(name, encoding="utf-8", errors="surrogateescape") as file:
            entries = tracked(below) | json.load(file)
    else:
        entries = record(below)
    with open(name, "w", encoding="utf-8", errors="surrogateescape") as file:
        json.dump(entries, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
