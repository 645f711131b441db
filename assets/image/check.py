"""Fails if an app requires an app that is not in the bench: check.py APP…"""

import ast
import re
import sys
from pathlib import Path

bench = Path("/home/frappe/frappe-bench")
known = (bench / "sites/apps.txt").read_text().split()

for app in sys.argv[1:]:
    found = re.search(r"^required_apps\s*=\s*(\[.*?\])", (bench / "apps" / app / app / "hooks.py").read_text(), re.M | re.S)
    for required in ast.literal_eval(found.group(1)) if found else []:
        # ORGANISATION/NAME, an address, or NAME.
        name = required.rstrip("/").removesuffix(".git").split("/")[-1]
        if name not in known:
            print(f"erp-installer: app-missing: {app} requires {name}")
            sys.exit(1)
