"""Splits a fetched app, so that yarn is repeated only when a file changed that it reads: split.py APP YARN REST

Each file of APP is in one of two new directories, as a hard link. YARN has what yarn reads: each package.json,
yarn.lock, .npmrc and .yarnclean. REST has all other files; they are added when yarn has run.

yarn may read more: a script of the app that it runs, a directory that the app names as a package, a file that a setting
names. Then YARN has everything, and yarn is repeated for each commit. Scripts of installed packages run too; those that
look at the app see only YARN.
"""

import json
import os
import re
import sys
from pathlib import Path

FILES = {"package.json", "yarn.lock", ".npmrc", ".yarnclean"}
# Settings of .npmrc whose value is a file.
NAMES_A_FILE = re.compile(r"^\s*(\S+:)?(cafile|certfile|keyfile)\s*=", re.M)
# Settings that may name other files, code that yarn compiles, packages in the repository.
UNCLEAR = {".yarnrc", ".yarnrc.yml", ".yarn", ".pnp.js", ".pnp.cjs", "binding.gyp", "node_modules"}
RUN_BY_YARN = ("preinstall", "install", "postinstall", "prepublish", "prepare")
DEPENDENCIES = ("dependencies", "devDependencies", "optionalDependencies", "resolutions")
LOCAL = re.compile(r"^(file|link|portal|patch|exec|workspace):|^[./]|^~/|\.(tgz|tar|tar\.gz)$")
INSTALL = re.compile(r"yarn( install)?( --[a-z-]+)*")
CHANGE = re.compile(r"cd ([\w./-]+)")
SCRIPT = re.compile(r"yarn ([\w:-]+)")


def only_installs(script, directory, packages, depth=0):
    """Whether a script only changes to directories of the app and runs "yarn install" there, as Frappe's apps do."""
    scripts = packages[directory].get("scripts", {})
    here = directory
    for command in script.split("&&"):
        command = command.strip()
        if change := CHANGE.fullmatch(command):
            here = Path(os.path.normpath(here / change[1]))
            if here not in packages:
                return False
        elif not INSTALL.fullmatch(command):
            called = SCRIPT.fullmatch(command)
            if not called or called[1] not in scripts or here != directory or depth == 5:
                return False
            names = [called[1], f"pre{called[1]}", f"post{called[1]}"]
            if not all(only_installs(scripts[n], directory, packages, depth + 1) for n in names if n in scripts):
                return False
    return True


def reads_only_files(app):
    """Whether yarn reads nothing but FILES."""
    packages = {}
    for directory, directories, files in os.walk(app):
        directories[:] = [d for d in directories if d != ".git"]
        read = [Path(directory, name) for name in files if name in FILES]
        if not UNCLEAR.isdisjoint([*directories, *files]) or any(path.is_symlink() for path in read):
            return False
        links = [Path(directory, d) for d in directories if os.path.islink(os.path.join(directory, d))]
        if any((link / "package.json").is_file() for link in links):
            return False
        if ".npmrc" in files and NAMES_A_FILE.search(Path(directory, ".npmrc").read_text(encoding="utf-8")):
            return False
        if "package.json" in files:
            packages[Path(directory)] = json.loads(Path(directory, "package.json").read_text(encoding="utf-8"))
    for directory, package in packages.items():
        scripts = package.get("scripts", {})
        versions = [v for kind in DEPENDENCIES for v in package.get(kind, {}).values()]
        if "bin" in package or any(LOCAL.search(v) for v in versions):
            return False
        if not all(only_installs(scripts[n], directory, packages) for n in RUN_BY_YARN if n in scripts):
            return False
    return True


def split(app, yarn, rest):
    try:
        few = reads_only_files(app)
    except (ValueError, AttributeError, TypeError, RecursionError):
        # A package.json that is not as it must be: yarn says so.
        few = False
    for target in (yarn, rest):
        target.mkdir(parents=True)
    for directory, directories, files in os.walk(app):
        below = Path(directory).relative_to(app)
        is_git = below.parts[:1] == (".git",)
        links = [d for d in directories if os.path.islink(os.path.join(directory, d))]
        # "" is an empty directory.
        for name in files + links or ([] if directories else [""]):
            target = yarn if not few or (not is_git and name in FILES) else rest
            (target / below).mkdir(parents=True, exist_ok=True)
            if name:
                os.link(os.path.join(directory, name), target / below / name, follow_symlinks=False)


if __name__ == "__main__":
    split(*(Path(os.path.abspath(argument)) for argument in sys.argv[1:]))
