"""Removes the files of an app that are not needed at run time."""

import json
import os
import re
import shutil
from pathlib import Path

IMPORTED_TEST = re.compile(r"^\s*(?:from|import)\s.*?\b(tests|test_\w+)\b", re.M)
NAMED_PACKAGES = re.compile(r"\bnode_modules\b")


def package(directory):
    """The parsed package.json, or an empty one if there is none."""
    path = directory / "package.json"
    try:
        return json.loads(path.read_text(encoding="utf-8", errors="replace")) if path.is_file() else {}
    except json.JSONDecodeError:
        return {}


def is_front_end(directory):
    """Sources that vite bundles. Only the result, below the app's public directory, is needed."""
    return "vite build" in package(directory).get("scripts", {}).get("build", "")


def keeps_packages(root, name):
    """Whether the running app uses the packages of its root: it has its own ones and refers to them.

    Frappe's Socket.IO server loads handlers in realtime/, which may load packages.
    """
    if not package(root).get("dependencies"):
        return False
    if (root / "realtime").is_dir():
        return True
    paths = [p for kind in ("py", "html", "json") for p in (root / name).rglob(f"*.{kind}")]
    return any(
        NAMED_PACKAGES.search(p.read_text(encoding="utf-8", errors="replace"))
        for p in paths
        if "public" not in p.parts and "node_modules" not in p.parts
    )


def remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def prune(root, name):
    """Removes the files of an installed app that only developers need."""
    gone = [root / ".git", root / ".github", root / "cypress"]
    gone += [d for d in root.iterdir() if d.is_dir() and d.name != name and is_front_end(d)]
    gone += [*root.rglob("__pycache__"), *unused_tests(root / name)]
    gone += [p for p in (root / name).rglob("*.map") if "public" in p.parts]
    for path in gone:
        remove(path)


def unused_tests(directory):
    """Tests, except those that other code of the app imports."""
    tests, imported = [], set()
    for path in directory.rglob("*.py"):
        if path.name.startswith("test_") or "tests" in path.relative_to(directory).parts[:-1]:
            tests.append(path)
        else:
            imported.update(IMPORTED_TEST.findall(path.read_text(encoding="utf-8", errors="replace")))
    for path in tests:
        inside = path.relative_to(directory).parts[:-1]
        if path.stem not in imported and not ("tests" in inside and "tests" in imported):
            yield path
    yield from directory.rglob("test_records.json")


def clamp(root, seconds):
    """Sets one time on all files, so that each build gives the same layer."""
    for directory, directories, files in os.walk(root):
        for name in [*directories, *files]:
            os.utime(os.path.join(directory, name), (seconds, seconds), follow_symlinks=False)
    os.utime(root, (seconds, seconds))
