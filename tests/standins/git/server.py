#!/usr/bin/env python3
"""Serves bare git repositories over HTTP, as a git hosting service does: server.py DIRECTORY [PORT [PEM]]

It passes requests to git's http-backend. /ORG/NAME and /ORG/NAME.git are the same repository. Below /private it
requires the user `git` with the password `canary-4f1d9a7c`. With PEM, a certificate with its key, it also serves HTTPS
on the next port.
"""

import base64
import os
import ssl
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
LOGIN = "Basic " + base64.b64encode(b"git:canary-4f1d9a7c").decode()


class GitHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.serve()

    def do_POST(self):
        self.serve()

    def serve(self):
        url = urlsplit(self.path)
        body = self.read_body()
        if url.path.startswith("/private/") and self.headers.get("Authorization") != LOGIN:
            self.reply(401, [("WWW-Authenticate", 'Basic realm="git"')], b"Authentication required\n")
            return
        owner, repository, *rest = url.path.strip("/").split("/") + ["", ""]
        path = "/".join([owner, repository.removesuffix(".git") + ".git", *filter(None, rest)])
        if not (ROOT / owner / (repository.removesuffix(".git") + ".git")).is_dir():
            self.reply(404, [], b"Repository not found.\n")
            return
        self.answer_with_git(path, url.query, body)

    def read_body(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            chunks = []
            while size := int(self.rfile.readline(), 16):
                chunks.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(chunks)
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer_with_git(self, path, query, body):
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(ROOT),
            "GIT_HTTP_EXPORT_ALL": "1",
            # The repositories may belong to another user than this server.
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": "/" + path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        done = subprocess.run(["git", "http-backend"], input=body, capture_output=True, env=environment)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = [tuple(line.split(": ", 1)) for line in head.decode().split("\r\n") if ": " in line]
        status = next((int(value.split()[0]) for name, value in headers if name == "Status"), 200)
        self.reply(status, [header for header in headers if header[0] != "Status"], content)

    def reply(self, status, headers, content):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def main():
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 8080
    if len(sys.argv) > 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[3])
        secure = ThreadingHTTPServer(("", port + 1), GitHandler)
        secure.socket = context.wrap_socket(secure.socket, server_side=True)
        threading.Thread(target=secure.serve_forever, daemon=True).start()
    print(f"Serving {ROOT} on port {port}", flush=True)
    ThreadingHTTPServer(("", port), GitHandler).serve_forever()


if __name__ == "__main__":
    main()
