"""Builds assets without a bundler: the same files in the same places, and the failures that matter."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from frappe.site import common_config

IMPORTS_PORT = re.compile(r"import\s*\{\s*socketio_port\s*\}\s*from")


def build(apps, copy):
    # For all apps in the bench. This runs before the app's build, so a public directory from that build gets no link.
    for app in dict.fromkeys([*Path("apps.txt").read_text().split(), *apps]):
        link(app, copy)
    bundles = {}
    for app in apps:
        bundles |= bundle(app)
    index = Path("assets/assets.json")
    known = json.loads(index.read_text()) if index.exists() else {}
    index.write_text(json.dumps(known | bundles, indent=4))
    print(" DONE  Total Build Time: 0.1s\n")
    for app in apps:
        frontend(app)


def link(app, copy):
    public = Path("../apps", app, app, "public").resolve()
    target = Path("assets", app)
    if not public.exists():
        return
    print(f"Linking {public} to ./assets/{app}")
    target.parent.mkdir(exist_ok=True)
    if target.is_symlink():
        target.unlink()
    elif target.exists():
        shutil.rmtree(target)
    if copy:
        shutil.copytree(public, target)
    else:
        target.symlink_to(public)
        packages = public.parents[1] / "node_modules"
        if packages.is_dir() and not (public / "node_modules").is_symlink():
            (public / "node_modules").symlink_to(packages)


def bundle(app):
    """Writes one bundle per source, named by the hash of its content. Returns the entries for assets.json."""
    public = Path("../apps", app, app, "public")
    bundles = {}
    for source in sorted(public.glob("js/*.bundle.js")):
        content = source.read_bytes()
        stem = source.name.removesuffix(".bundle.js")
        name = f"{stem}.bundle.{hashlib.sha1(content).hexdigest()[:8].upper()}.js"
        (public / "dist/js").mkdir(parents=True, exist_ok=True)
        (public / "dist/js" / name).write_bytes(content)
        (public / "dist/js" / f"{name}.map").write_text('{"version": 3}\n')
        bundles[source.name] = f"/assets/{app}/dist/js/{name}"
    return bundles


def frontend(app):
    """Runs the app's build script. `vite build` is simulated. sh runs any other script, so that a test's app can run
    out of memory, take long or write any output."""
    root = Path("../apps", app)
    if not (root / "package.json").exists():
        return
    print(f"\nRunning build command for {app}\nyarn run v1.22.22\n$ cd frontend && yarn build", flush=True)
    directory = root / "frontend"
    script = json.loads((directory / "package.json").read_text())["scripts"]["build"]
    print(f"$ {script}", flush=True)
    code = vite(app, directory) if script.startswith("vite build") else subprocess.call(script, shell=True, cwd=directory)
    if code:
        code = 128 - code if code < 0 else code
        print(f"error Command failed with exit code {code}.")
        print("info Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.", flush=True)
        raise subprocess.CalledProcessError(1, f"yarn run build --apps {app} --run-build-command")
    print("Done in 0.01s.", flush=True)


def vite(app, directory):
    for source in sorted(directory.glob("src/**/*.js")):
        if IMPORTS_PORT.search(source.read_text()) and "socketio_port" not in common_config():
            name = source.relative_to(directory)
            print("x Build failed in 0.01s\nerror during build:", file=sys.stderr)
            print(
                f'{name} (2:9): "socketio_port" is not exported by "../../../sites/common_site_config.json", '
                f'imported by "{name}".\nfile: {source.resolve()}:2:9',
                file=sys.stderr,
                flush=True,
            )
            return 1
    # The packages of a workspace are at the root too.
    if not any((place / "node_modules").is_dir() for place in (directory, directory.parent)):
        print("/bin/sh: 1: vite: not found", file=sys.stderr, flush=True)
        return 127
    output = directory.parent / app / "public" / "frontend"
    (output / "assets").mkdir(parents=True, exist_ok=True)
    # A bundle also contains the app's version and the code of the packages.
    sources = [*sorted(directory.glob("src/**/*.js")), *sorted(directory.parent.glob("node_modules/*/index.js"))]
    content = (directory.parent / app / "__init__.py").read_text().replace("__version__", "const version")
    content += "".join(source.read_text() for source in sources)
    name = f"index-{hashlib.sha1(content.encode()).hexdigest()[:8]}.js"
    if any("sourcemap: true" in config.read_text() for config in directory.glob("vite.config.*")):
        (output / "assets" / f"{name}.map").write_text('{"version": 3}\n')
        content += f"//# sourceMappingURL={name}.map\n"
    (output / "assets" / name).write_text(content)
    page = (
        f"<!doctype html><title>{app} (stand-in)</title>\n"
        f'<script type="module" crossorigin src="/assets/{app}/frontend/assets/{name}"></script>\n'
    )
    (output / "index.html").write_text(page)
    # The served page is a copy of the entry page.
    (directory.parent / app / "www").mkdir(exist_ok=True)
    (directory.parent / app / "www" / f"{app}.html").write_text(page)
    print("✓ built in 0.01s", flush=True)
    return 0
