"""Patches of a migration: the lines of patches.txt that the site has not run yet, in order.

Each is a module with a function execute(site). What it wrote stays when it raises, but it is in `tabPatch Log` only when
it ended: the next migration begins it again. (The real one takes the rows of the patch itself back, not its tables.)
"""

import importlib
import sys
import traceback
from pathlib import Path

LOG = "CREATE TABLE IF NOT EXISTS `tabPatch Log` (patch varchar(255) PRIMARY KEY)"


def run(site):
    site.database.run(LOG)
    done = {row[0] for row in site.database.run("SELECT patch FROM `tabPatch Log`")}
    for app in site.installed_apps():
        listed = Path("..", "apps", app, app, "patches.txt")
        lines = listed.read_text().splitlines() if listed.exists() else []
        for patch in (line.strip() for line in lines if line.strip() and not line.startswith(("#", "["))):
            if patch not in done:
                execute(site, patch)


def execute(site, patch):
    print(f"Executing {patch} in {site.name} ({site.database.name})", flush=True)
    try:
        importlib.import_module(patch).execute(site)
    except Exception:
        traceback.print_exc()
        sys.exit(1)
    site.database.run(f"INSERT INTO `tabPatch Log` VALUES ('{patch}')")
