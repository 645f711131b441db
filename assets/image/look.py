"""Checks an image: look.py APP…, run by the bench's Python in the bench.

Each app must be importable and listed in apps.txt, and Frappe must start: pip replaces a package of Frappe's when an
app asks for another version. Each app's assets must be linked, its bundles must be in the index and exist, and the
scripts of its pages must exist. Each fault is reported as a line "erp-installer: APP message".
"""

import importlib
import importlib.metadata
import json
import re
import sys
import traceback
from pathlib import Path

ASSETS = Path("sites/assets") if Path("sites/assets").exists() else Path("assets")
SCRIPT = re.compile(r"<script[^>]*\btype=\"module\"[^>]*\bsrc=\"/assets/([^\"{}]+)\"")


# What Frappe's processes import when they start.
STARTS = {"frappe": ["frappe.app"]}


def importable(app, known):
    for module in [app, app + ".hooks", *STARTS.get(app, [])]:
        importlib.import_module(module)
    if app not in known:
        raise LookupError("is not in sites/apps.txt")


def linked(app, package):
    """Newer images link the assets at each start, so the link of an app may be in either place."""
    if (package / "public").is_dir() and not (ASSETS / app).is_dir():
        raise LookupError(f"has no link sites/assets/{app}: what it serves is not found")


def bundled(app, package, index):
    for source in sorted((package / "public").rglob("*.bundle.*")):
        if "dist" in source.parts or "node_modules" in source.parts or source.suffix not in (".js", ".ts", ".jsx", ".tsx"):
            continue
        name = re.sub(r"\.\w+$", ".js", source.name)
        made = index.get(name)
        if made is None:
            raise LookupError(f"has no bundle of {source.name} in assets.json")
        if not (ASSETS / made.removeprefix("/assets/")).is_file():
            raise LookupError(f"has {made} in assets.json, which is no file")


def whole(app, package):
    """The pages of a built front end name their scripts by a hash; each script must exist."""
    pages = [*(package / "www").glob("*.html"), *(package / "public").glob("*/index.html")]
    for page in pages:
        for script in SCRIPT.findall(page.read_text(encoding="utf-8", errors="replace")):
            if not (ASSETS / script.split("?")[0]).is_file():
                raise LookupError(f"has {page.name}, which needs /assets/{script}, which is no file")


def unmet():
    """Packages in a version that another package does not accept, as pip check finds them."""
    requirements = importlib.import_module("pip._vendor.packaging.requirements")
    canonical = importlib.import_module("pip._vendor.packaging.utils").canonicalize_name
    versions = {canonical(package.name): package.version for package in importlib.metadata.distributions()}
    for package in importlib.metadata.distributions():
        for line in package.requires or []:
            try:
                needed = requirements.Requirement(line)
            except requirements.InvalidRequirement:
                continue
            found = versions.get(canonical(needed.name))
            applies = needed.marker is None or needed.marker.evaluate({"extra": ""})
            if found and applies and not needed.specifier.contains(found, prereleases=True):
                yield needed.name, f"{package.name} needs {needed.name}{needed.specifier}, but {found} is installed"


def reason(error):
    """For an error of an import, up to three packages that do not fit together. Nothing without pip.

    A package comes first if Python was importing it, or if the error names it.
    """
    if not isinstance(error, ImportError):
        return ""
    importing = "".join(traceback.format_exception(error)).strip().lower()

    def is_apart(found):
        name = re.escape(found[0].lower()).replace(r"\-", "[-_]")
        return not re.search(rf"site-packages/{name}\b|\b{name}\b.*\Z", importing)

    try:
        return "".join(f"; {sentence}" for _, sentence in sorted(unmet(), key=is_apart)[:3])
    except Exception:
        return ""


def main():
    known = Path("sites/apps.txt").read_text().split()
    index = ASSETS / "assets.json"
    bundles = json.loads(index.read_text()) if index.is_file() else {}
    for app in sys.argv[1:]:
        package = Path("apps", app, app)
        try:
            importable(app, known)
            linked(app, package)
            if app not in ("frappe", "erpnext"):
                bundled(app, package, bundles)
                whole(app, package)
        except Exception as error:
            # Our own errors are complete sentences. For Python's errors the type matters as well as the message.
            kind = "" if type(error) is LookupError else f"{type(error).__name__} "
            print(f"erp-installer: {app} {kind}{error}{reason(error)}")
    print("erp-installer: looked")


main()
