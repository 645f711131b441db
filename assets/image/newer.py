"""Names packages of which the index has newer versions: newer.py NAME==VERSION… [CERTIFICATE…], by the bench's Python.

pip lists the versions that the index has for this Python. A version counts as newer if all installed packages accept it.
A certificate is PEM and is trusted in addition to those of the image. Each newer version is reported as a line
"erp-installer: newer NAME VERSION NEWEST", a package of which the index names no version as "erp-installer: none NAME".
"""

import importlib.metadata
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pip._vendor.packaging.requirements import InvalidRequirement, Requirement
from pip._vendor.packaging.utils import canonicalize_name
from pip._vendor.packaging.version import InvalidVersion, Version

VERSIONS = re.compile(r"^Available versions: (.+)$", re.M)
# pip's own processes take most of the time.
AT_ONCE = min(os.cpu_count() or 1, 8)


def requirements():
    """What the installed packages require. pip ignores what it cannot parse, which old packages have."""
    for package in importlib.metadata.distributions():
        for line in package.requires or []:
            try:
                needed = Requirement(line)
            except InvalidRequirement:
                continue
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                yield canonicalize_name(needed.name), needed.specifier


def parsed(versions):
    for text in versions:
        try:
            yield Version(text)
        except InvalidVersion:
            pass


def ask(name):
    """The versions that the index names. pip also answers "none" when it cannot reach the index."""
    command = [sys.executable, "-m", "pip", "index", "versions", name, "--retries", "1", "--timeout", "10", "--no-color"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    match = VERSIONS.search(run.stdout)
    return list(parsed(match[1].split(", "))) if match else []


def report(name, version, specifiers, versions):
    newest = max((v for v in versions if all(s.contains(v) for s in specifiers)), default=None)
    if not versions:
        print(f"erp-installer: none {name}")
    elif newest and any(newest > recorded for recorded in parsed([version])):
        print(f"erp-installer: newer {name} {version} {newest}")


def trust(certificates):
    """Lets pip trust certificates in addition to those of the image."""
    system = Path("/etc/ssl/certs/ca-certificates.crt")
    with tempfile.NamedTemporaryFile("w", suffix=".pem", delete=False) as file:
        file.write("\n".join([system.read_text() if system.exists() else "", *certificates, ""]))
    os.environ["PIP_CERT"] = os.environ["REQUESTS_CA_BUNDLE"] = file.name


def main(arguments):
    certificates = [a for a in arguments if a.startswith("-----BEGIN")]
    packages = dict(a.split("==") for a in arguments if a not in certificates)
    names = list(packages)
    if certificates:
        trust(certificates)
    os.environ.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_NO_CACHE_DIR="1")
    # An index that names no version of two packages is not asked for the others.
    answers = {name: ask(name) for name in names[:2]}
    if any(answers.values()):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers.update(zip(names[2:], pool.map(ask, names[2:])))
    required = list(requirements())
    for name, version in packages.items():
        specifiers = [specifier for needed, specifier in required if needed == canonicalize_name(name)]
        report(name, version, specifiers, answers.get(name, []))
    print("erp-installer: asked")


if __name__ == "__main__":
    main(sys.argv[1:])
