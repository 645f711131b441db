"""Builds the image three ways and prints ratios. Run by benchmarks/images.

images.py BINARY URL SERVER SCRATCH RUN REGISTRY

BINARY is the installer; the git server at URL is the container SERVER, which has no repositories yet. REGISTRY is one
on this host, which tells what layers weigh compressed.

Measured of each way: seconds of a cold build, after the last app moved, after the first app moved, after one that
failed, after nothing changed; what the image weighs beside its base, and what a node that has the image of before
pulls after the last app moved; by how much the host's available memory fell at most in the cold build. Other programs
of the host disturb the last one.

Each app's front end takes SECONDS to build and leaves MEGABYTES of packages that only the build needed: in the real ones
it is minutes and hundreds. The seventh fails as long as the repository bench/gate is not there: nothing in a Dockerfile
changes when it comes right, as with a server that does not answer.
"""

import json
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

APPS = ["hrms", "crm", "helpdesk", "insights", "gameplan", "lms", "healthcare", "lending"]
FAILING = "healthcare"
SECONDS, MEGABYTES = 3, 8
BUILD, RUNTIME = "frappe/build:v15.75.1", "frappe/erpnext:v15.75.1"
BENCH = "/home/frappe/frappe-bench"
CHECKS = [
    "cpu", "memory", "disk", "docker", "docker-builder", "nomad", "nomad-node", "nomad-volumes", "nomad-capacity",
    "nomad-permissions", "nomad-plugin", "ports", "architecture", "git", "clock",
]
BINARY, URL, SERVER, SCRATCH, RUN, REGISTRY = *sys.argv[1:4], Path(sys.argv[4]), *sys.argv[5:7]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


# --- the apps ------------------------------------------------------------------------------------------------------


def make_repositories():
    for app in APPS:
        work, bare = SCRATCH / "work" / app, SCRATCH / "bench" / f"{app}.git"
        git = ("git", "-C", str(work), "-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.com")
        run("git", "init", "--quiet", "--initial-branch=main", str(work))
        for version in ("1.0.0", "1.0.1", "1.0.2"):
            write_app(work, app, version)
            run(*git, "add", "--all")
            run(*git, "commit", "--quiet", "--message", version)
            run(*git, "tag", f"v{version}")
        run("git", "clone", "--quiet", "--bare", str(work), str(bare))
        run("git", "-C", str(bare), "config", "uploadpack.allowAnySHA1InWant", "true")
    run("git", "init", "--quiet", "--bare", str(SCRATCH / "gate.git"))
    run("docker", "cp", str(SCRATCH / "bench"), f"{SERVER}:/srv/apps/bench")


def open_gate():
    run("docker", "cp", str(SCRATCH / "gate.git"), f"{SERVER}:/srv/apps/bench/gate.git")


def close_gate():
    run("docker", "exec", SERVER, "rm", "-rf", "/srv/apps/bench/gate.git")


def write_app(root, app, version):
    build = f"sleep {SECONDS}; mkdir -p node_modules; head -c {MEGABYTES}M /dev/urandom >node_modules/packages; : vite build"
    if app == FAILING:
        build = f"git ls-remote {URL}/bench/gate || exit 1; {build}"
    files = {
        "pyproject.toml": f'[project]\nname = "{app}"\ndynamic = ["version"]\n',
        f"{app}/__init__.py": f'__version__ = "{version}"\n',
        # Different in each run, so that none finds the cache of an earlier run.
        f"{app}/hooks.py": f'app_name = "{app}"\n# {RUN}\n',
        f"{app}/modules.txt": f"{app}\n",
        f"{app}/patches.txt": "",
        f"{app}/public/js/{app}.bundle.js": f"// {app} {version}\n",
        "package.json": '{"private": true, "scripts": {"build": "cd frontend && yarn build"}}\n',
        "frontend/package.json": json.dumps({"private": True, "scripts": {"build": build}}),
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


# --- the three shapes ----------------------------------------------------------------------------------------------


class Shape:
    """A Dockerfile, built by BuildKit."""

    def __init__(self, name, text, base):
        self.name, self.text, self.base, self.image = name, text, base, f"erp-installer-benchmark/{name}:{RUN}"

    def build(self, refs):
        """Seconds, and whether there is an image."""
        directory = SCRATCH / self.name
        directory.mkdir(exist_ok=True)
        (directory / "Dockerfile").write_text(self.text(refs) + f'LABEL erp-installer.benchmark="{RUN}"\n')
        began = time.monotonic()
        done = subprocess.run(
            ["docker", "buildx", "build", "--quiet", "--load", "--tag", self.image, str(directory)], capture_output=True)
        return time.monotonic() - began, done.returncode == 0


def guide(refs):
    """The guide's: on the runtime image, all apps in one command, then all assets in another."""
    get = " && ".join([f": {RUN}", *(f"bench get-app --branch {refs[a]} {a} {URL}/bench/{a}" for a in APPS)])
    return f"FROM {RUNTIME}\nUSER frappe\nWORKDIR {BENCH}\nRUN {get}\nRUN bench build --apps frappe,erpnext,{','.join(APPS)}\n"


def single_layer(refs):
    """frappe_docker's images/layered: everything in one command, its result on the image without compilers."""
    get = " && ".join([f": {RUN}", *(f"bench get-app --branch {refs[a]} {URL}/bench/{a}" for a in APPS)])
    return (
        f"FROM {BUILD} AS builder\nCOPY --from={RUNTIME} --chown=1000:1000 {BENCH} {BENCH}\nWORKDIR {BENCH}\n"
        f"RUN {get} && echo '{{}}' >sites/common_site_config.json && find apps -mindepth 1 -path '*/.git' | xargs rm -fr\n"
        f"FROM {BUILD}\nCOPY --from=builder --chown=1000:1000 {BENCH} {BENCH}\nWORKDIR {BENCH}\n")


class Ours:
    """The installer itself: its step "image", with the look into the image."""

    name, base = "ours", RUNTIME

    def build(self, refs):
        answers = SCRATCH / "answers.toml"
        accepted = "".join(f'{check} = "a benchmark"\n' for check in CHECKS)
        apps = "".join(f'[apps.override.{a}]\nurl = "{URL}/bench/{a}"\nref = "{refs[a]}"\nrequires = []\n' for a in APPS)
        answers.write_text(
            f'schema = 1\n[host.accept]\n{accepted}[apps]\ninstall = {json.dumps(APPS)}\n{apps}'
            f'[site]\nname = "erp.example.com"\n[image]\nname = "erp-installer-benchmark/ours-{RUN.lower()}"\nbuilder = "buildx"\n'
            f'[certificate]\nmode = "provided"\ncertificate = "{SCRATCH}/site.pem"\nkey = "{SCRATCH}/site.key"\n'
            '[nomad]\naddress = "http://127.0.0.1:1"\nnode = "none"\n')
        answers.chmod(0o600)
        done = subprocess.run(
            [BINARY, "install", "--answers", str(answers), "--state-dir", str(SCRATCH / "state"), "--accept-changes", "--output", "json"],
            capture_output=True, text=True)
        steps = [e for e in map(json.loads, done.stdout.splitlines()) if e["type"] == "step-finished" and e["step"] == "image"]
        if not steps:
            sys.exit(f"the installer did not come to the image:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        self.image = self.find() or ""
        return steps[-1]["seconds"], steps[-1]["status"] == "done"

    @staticmethod
    def find():
        found = run("docker", "images", "--quiet", f"erp-installer-benchmark/ours-{RUN.lower()}").split()
        return found[0] if found else None


# --- what is measured ----------------------------------------------------------------------------------------------


class Memory:
    """The largest fall of what is available, in bytes, while it is entered."""

    def __enter__(self):
        self.fall, self.over, before = 0, threading.Event(), self.available()

        def watch():
            while not self.over.wait(0.2):
                self.fall = max(self.fall, before - self.available())

        self.watcher = threading.Thread(target=watch)
        self.watcher.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.watcher.join()

    @staticmethod
    def available():
        lines = Path("/proc/meminfo").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))


def size(image):
    return int(run("docker", "image", "inspect", "--format", "{{.Size}}", image))


def layers(image, tag):
    """Digest to bytes, as the registry keeps them."""
    repository = f"erp-installer-benchmark/pushed-{RUN.lower()}"
    run("docker", "tag", image, f"{REGISTRY}/{repository}:{tag}")
    run("docker", "push", "--quiet", f"{REGISTRY}/{repository}:{tag}")
    run("docker", "rmi", f"{REGISTRY}/{repository}:{tag}")
    request = urllib.request.Request(f"http://{REGISTRY}/v2/{repository}/manifests/{tag}")
    request.add_header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
    with urllib.request.urlopen(request) as answer:
        return {layer["digest"]: layer["size"] for layer in json.load(answer)["layers"]}


def measure(shape):
    refs = dict.fromkeys(APPS, "v1.0.0")

    def build():
        seconds, done = shape.build(refs)
        assert done, f"{shape.name}: does not build"
        return seconds

    open_gate()
    with Memory() as memory:
        cold = build()
    beside = size(shape.image) - size(shape.base)
    before = layers(shape.image, f"{shape.name}-before")
    refs[APPS[-1]] = "v1.0.1"
    last = build()
    after = layers(shape.image, f"{shape.name}-after")
    pulled = sum(weight for digest, weight in after.items() if digest not in before)
    refs[APPS[0]] = "v1.0.1"
    first = build()
    nothing = build()
    close_gate()
    refs[FAILING] = "v1.0.2"
    _, done = shape.build(refs)
    assert not done, f"{shape.name}: {FAILING} should have failed"
    open_gate()
    figures = cold, last, first, build(), nothing, beside, pulled, memory.fall
    print(f"{shape.name}: {figures}", file=sys.stderr, flush=True)
    return figures


def make_certificate():
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "90", "-subj", "/CN=erp.example.com",
        "-addext", "subjectAltName=DNS:erp.example.com", "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", str(SCRATCH / "site.key"), "-out", str(SCRATCH / "site.pem"))


make_repositories()
make_certificate()
WHAT = [
    ("cold", "s"), ("last app moved", "s"), ("first app moved", "s"), ("again, after app 7 of 8 failed", "s"),
    ("nothing changed", "s"),
    ("image beside its base", "MB"), ("a node pulls after the last app moved", "MB"), ("memory taken at most", "MB"),
]
shapes = [Ours(), Shape("guide", guide, RUNTIME), Shape("single-layer", single_layer, BUILD)]
results = [measure(shape) for shape in shapes]
print(f"{'what':<46} {'ours':>8} {'guide':>8} {'single':>8}   ours : guide, single")
for (name, unit), figures in zip(WHAT, zip(*results)):
    ours, *theirs = [f / 1e6 for f in figures] if unit == "MB" else figures
    shown = "".join(f"{f:9.1f}" for f in (ours, *theirs))
    print(f"{f'{name}, {unit}':<46}{shown}   {', '.join(f'{ours / f:.2f}' for f in theirs)}")
