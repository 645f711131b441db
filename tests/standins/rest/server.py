#!/usr/bin/env python3
"""A server of restic's REST protocol, for backup tests: server.py DIRECTORY USER PASSWORD [PORT [PEM]]

It stores blobs as files, asks for a login, and speaks TLS with the key and the certificate of PEM. Protocol:
https://restic.readthedocs.io/en/stable/100_references.html#rest-backend
"""

import base64
import json
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DIRECTORY = Path(sys.argv[1])
LOGIN = "Basic " + base64.b64encode(f"{sys.argv[2]}:{sys.argv[3]}".encode()).decode()
LIST = "application/vnd.x.restic.rest.v2"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"", kind="application/octet-stream", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def file(self):
        """The file of the request's path, or None after an answer."""
        if self.headers.get("Authorization") != LOGIN:
            self.answer(401)
            return None
        parts = [part for part in self.path.split("?")[0].split("/") if part]
        if ".." in parts:
            self.answer(400)
            return None
        return DIRECTORY.joinpath(*parts)

    def do_HEAD(self):
        if file := self.file():
            if file.is_file():
                self.send_response(200)
                self.send_header("Content-Length", str(file.stat().st_size))
                self.end_headers()
            else:
                self.answer(404)

    def do_GET(self):
        file = self.file()
        if file is None:
            return
        if self.path.endswith("/"):
            files = sorted(f for f in file.rglob("*") if f.is_file()) if file.is_dir() else []
            names = [{"name": f.name, "size": f.stat().st_size} for f in files]
            self.answer(200, json.dumps(names).encode(), LIST)
        elif not file.is_file():
            self.answer(404)
        elif "Range" in self.headers:
            first, last = self.headers["Range"].removeprefix("bytes=").split("-")
            content = file.read_bytes()
            part = content[int(first):int(last) + 1 if last else None]
            self.answer(206, part, Content_Range=f"bytes {first}-{int(first) + len(part) - 1}/{len(content)}")
        else:
            self.answer(200, file.read_bytes())

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if file := self.file():
            if "create=true" not in self.path:
                file.parent.mkdir(parents=True, exist_ok=True)
                part = file.with_name(file.name + ".part")
                part.write_bytes(body)
                part.rename(file)
            self.answer(200)

    def do_DELETE(self):
        if file := self.file():
            file.unlink(missing_ok=True)
            self.answer(200)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("", int(sys.argv[4]) if len(sys.argv) > 4 else 8000), Handler)
if len(sys.argv) > 5:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(sys.argv[5])
    server.socket = tls.wrap_socket(server.socket, server_side=True)
server.serve_forever()
