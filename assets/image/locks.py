"""Records the versions of packages that an app leaves open, so that the next build uses the same ones.

locks.py take NAME   saves the lock files of NAME that yarn completed in /home/frappe/locks/NAME.json
locks.py put NAME    replaces the repository's lock files by those of /home/frappe/recorded/NAME.json
locks.py gather APP… writes the image's packages.json: all apps' lock files and the installed Python packages
"""

import json
import os
import subprocess
import sys
from email.parser import HeaderParser
from pathlib import Path

from record import BENCH

HOME = Path("/home/frappe")
REGISTRY = "https://registry.yarnpkg.com/"
NAMES = ("yarn.lock",)


def git(app, *arguments):
    command = ["git", "-C", f"{BENCH}/apps/{app}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def usual(text):
    """Writes the registry's own addresses, because another host may use another mirror."""
    mirror = os.environ.get("MIRROR_OF_NPM")
    return text.replace(mirror, REGISTRY) if mirror else text


def lock_files(root):
    for directory, directories, files in os.walk(root):
        directories[:] = [d for d in directories if d not in ("node_modules", ".git")]
        yield from (Path(directory, name) for name in files if name in NAMES)


def take(app):
    root = Path(BENCH, "apps", app)
    changed = {}
    for path in lock_files(root):
        name = str(path.relative_to(root))
        text = usual(path.read_text(encoding="utf-8", errors="replace"))
        if text != usual(git(app, "show", f"HEAD:{name}").stdout):
            changed[name] = text
    (HOME / "locks").mkdir(exist_ok=True)
    (HOME / "locks" / f"{app}.json").write_text(json.dumps(changed, indent=1, sort_keys=True))


def put(app):
    recorded = HOME / "recorded" / f"{app}.json"
    root = Path(BENCH, "apps", app)
    for name, text in json.loads(recorded.read_text()).items() if recorded.exists() else ():
        path = root / name
        if path.name in NAMES and path.resolve().is_relative_to(root.resolve()) and path.parent.is_dir():
            path.write_text(text)


def python_packages():
    """NAME==VERSION of each package that pip installed for the apps, without the apps themselves."""
    # With forks, before.json has their packages too.
    record = HOME / "base.json" if (HOME / "base.json").exists() else HOME / "before.json"
    before = json.loads(record.read_text(encoding="utf-8", errors="surrogateescape"))
    for directory in sorted(Path(BENCH, "env").glob("lib/python*/site-packages/*.dist-info")):
        if str(directory.relative_to(BENCH)) in before or (directory / "direct_url.json").exists():
            continue
        head = HeaderParser().parsestr((directory / "METADATA").read_text(encoding="utf-8", errors="replace"))
        yield f"{head['Name']}=={head['Version']}"


def gather(*apps):
    locks = {}
    for app in apps:
        changed = json.loads((HOME / "locks" / f"{app}.json").read_text())
        locks[app] = {"commit": git(app, "rev-parse", "HEAD").stdout.strip(), "locks": changed}
    target = HOME / "result" / "new" / "frappe" / "packages.json"
    target.parent.mkdir(parents=True)
    target.write_text(json.dumps({"python": list(python_packages()), "apps": locks}, indent=1, sort_keys=True))


if __name__ == "__main__":
    {"take": take, "put": put, "gather": gather}[sys.argv[1]](*sys.argv[2:])
