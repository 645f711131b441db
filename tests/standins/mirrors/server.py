#!/usr/bin/env python3
"""The mirrors of a company whose builds can reach no other host: server.py DIRECTORY REPOSITORIES PEM

Over HTTPS on port 443 it serves three mirrors, each with a different login. Below /open they need no login.

  /npm/NAME, /npm/NAME/-/FILE          an npm registry, of DIRECTORY/npm/NAME/VERSION
  /pypi/simple/NAME/, /pypi/files/FILE an index of Python packages, of DIRECTORY/python/NAME/VERSION
  /github/OWNER/NAME                   git repositories, those of REPOSITORIES/mirrored/NAME.git

On port 3128 it is an HTTP proxy that opens TLS, with a certificate of the company: it answers for
registry.yarnpkg.com, pypi.org and github.com from the mirrors, and for no other host.

npm also accepts a bearer token. The file of a package's version has the text of the package's only module; a new file
is served at once. On port 53 it is the network's DNS server, which resolves no name. DIRECTORY/log has a line for each
request (the mirror, the user, the path, the status), for each DNS query ("dns NAME") and for each host that the proxy
was asked for ("proxy HOST").
"""

import base64
import gzip
import hashlib
import io
import json
import socket
import ssl
import sys
import tarfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "git"))
import server as git  # noqa: E402

DIRECTORY, REPOSITORIES, PEM = map(Path, sys.argv[1:])
LOGINS = {
    "npm": ("npm-robot", "canary-npm-71c"),
    "pypi": ("pypi-robot", "canary pypi \"82d"),
    "github": ("git-robot", "canary-git-93e"),
}
OPENED = {"registry.yarnpkg.com": "npm", "pypi.org": "pypi", "github.com": "github"}
TOKEN = "canary-npm-token-5a"


def log(*words):
    with open(DIRECTORY / "log", "a", encoding="utf-8") as file:
        file.write(" ".join(str(word) for word in words) + "\n")


def versions(kind, name):
    """Maps versions to texts, newest last."""
    found = DIRECTORY / kind / name
    files = sorted(found.iterdir(), key=lambda p: [int(n) for n in p.name.split(".")]) if found.is_dir() else []
    return {path.name: path.read_text() for path in files}


def tarball(name, version, text):
    """A tar file as npm makes it: all files are below package/."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        package = json.dumps({"name": name, "version": version, "main": "index.js"})
        for path, content in (("package/package.json", package), ("package/index.js", text)):
            entry = tarfile.TarInfo(path)
            entry.size = len(content.encode())
            archive.addfile(entry, io.BytesIO(content.encode()))
    return gzip.compress(target.getvalue(), mtime=0)


def wheel(name, version, text):
    module, target = name.replace("-", "_"), io.BytesIO()
    information = f"{module}-{version}.dist-info"
    files = {
        f"{module}.py": text,
        f"{information}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{information}/WHEEL": "Wheel-Version: 1.0\nGenerator: stand-in\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{information}/RECORD"])
    with zipfile.ZipFile(target, "w") as archive:
        for path, content in {**files, f"{information}/RECORD": record}.items():
            archive.writestr(zipfile.ZipInfo(path, (2025, 8, 14, 0, 0, 0)), content)
    return target.getvalue()


class Mirrors(git.GitHandler):
    def serve(self):
        path, _, query = self.path.partition("?")
        is_open = path.startswith("/open/")
        base = "/open" if is_open else ""
        kind, *rest = unquote(path).removeprefix("/open").strip("/").split("/")
        self.words = [kind, "-", path]
        body = self.read_body()
        if kind not in LOGINS:
            self.reply(404, [], b"")
        elif not is_open and not self.is_known(kind):
            self.reply(401, [("WWW-Authenticate", f'Basic realm="{kind}"')], b"")
        elif kind == "github":
            self.git(rest, query, body)
        else:
            self.package(kind, base, rest)

    def is_known(self, kind):
        user, password = LOGINS[kind]
        given = self.headers.get("Authorization")
        if kind == "npm" and given == f"Bearer {TOKEN}":
            self.words[1] = "token"
            return True
        if given == "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode():
            self.words[1] = user
            return True
        return False

    def git(self, rest, query, body):
        _, name, *path = rest + ["", ""]
        repository = f"mirrored/{name.removesuffix('.git')}.git"
        if not (git.ROOT / repository).is_dir():
            self.reply(404, [], b"Repository not found.\n")
            return
        self.answer_with_git("/".join([repository, *filter(None, path)]), query, body)

    def package(self, kind, base, rest):
        here = f"https://{self.headers['Host']}{base}/{kind}"
        match kind, rest:
            case "npm", [name] if versions("npm", name):
                known = versions("npm", name)
                packages = {}
                for version, text in known.items():
                    packed = hashlib.sha1(tarball(name, version, text)).hexdigest()
                    place = f"{here}/{name}/-/{name}-{version}.tgz"
                    packages[version] = {"name": name, "version": version, "dist": {"tarball": place, "shasum": packed}}
                answer = {"name": name, "dist-tags": {"latest": list(known)[-1]}, "versions": packages}
                self.reply(200, [("Content-Type", "application/json")], json.dumps(answer).encode())
            case "npm", [name, "-", file] if (version := file[len(name) + 1 : -len(".tgz")]) in versions("npm", name):
                self.reply(200, [], tarball(name, version, versions("npm", name)[version]))
            case "pypi", ["simple", name] if versions("python", name):
                files = [f"{name.replace('-', '_')}-{version}-py3-none-any.whl" for version in versions("python", name)]
                links = "".join(f'<a href="{base}/pypi/files/{file}">{file}</a>\n' for file in files)
                self.reply(200, [("Content-Type", "text/html")], links.encode())
            case "pypi", ["files", file]:
                name, version, *_ = file.split("-")
                name = name.replace("_", "-")
                self.reply(200, [], wheel(name, version, versions("python", name)[version]))
            case _:
                self.reply(404, [], b"")

    def reply(self, status, headers, content):
        log(*self.words, status)
        super().reply(status, headers, content)

    def log_message(self, *_):
        """Does nothing: reply() writes the log."""


class Opened(Mirrors):
    """A connection that the proxy opened: the host decides which mirror answers."""

    def serve(self):
        if not self.path.startswith("/open/"):
            self.path = f"/open/{OPENED[self.headers['Host']]}{self.path}"
        super().serve()


class Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self):
        host = self.path.split(":")[0]
        log("proxy", host)
        self.close_connection = True
        if host not in OPENED:
            self.send_error(502)
            return
        self.send_response(200)
        self.end_headers()
        try:
            Opened(context.wrap_socket(self.connection, server_side=True), self.client_address, self.server)
        except OSError as error:
            # The client does not trust the company.
            log("proxy", host, type(error).__name__)

    def log_message(self, *_):
        """Does nothing: the log has other lines."""


def answer_names():
    """Answers every DNS query with NXDOMAIN (RFC 1035)."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("", 53))
    while True:
        question, client = server.recvfrom(512)
        labels, at = [], 12
        while length := question[at]:
            labels.append(question[at + 1 : at + 1 + length].decode("ascii", "replace"))
            at += 1 + length
        log("dns", ".".join(labels))
        server.sendto(question[:2] + b"\x81\x83" + question[4:6] + bytes(6) + question[12 : at + 5], client)


git.ROOT = REPOSITORIES.resolve()
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(PEM)
secure = ThreadingHTTPServer(("", 443), Mirrors)
secure.socket = context.wrap_socket(secure.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=answer_names, daemon=True).start()
threading.Thread(target=ThreadingHTTPServer(("", 3128), Proxy).serve_forever, daemon=True).start()
print("Serving", flush=True)
secure.serve_forever()
