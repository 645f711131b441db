"""A backend and a realtime server for tests of the nginx in front of them.

Port 8000 tells what it was sent as JSON; /accel/PATH hands the answer to nginx's /protected/PATH, /wide answers with a
header of 16 KB. Port 9000 takes any WebSocket handshake and then sends back what it gets.
"""

import base64
import hashlib
import json
import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Backend(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        received = 0
        length = int(self.headers.get("Content-Length") or 0)
        while received < length:
            received += len(self.rfile.read(min(1 << 20, length - received)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = json.dumps({"path": self.path, "headers": headers, "received": received}).encode()
        self.send_response(200)
        if self.path.startswith("/accel/"):
            self.send_header("X-Accel-Redirect", self.path.replace("/accel/", "/protected/", 1))
        if self.path == "/wide":
            self.send_header("X-Wide", "w" * 16384)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET


class Realtime(socketserver.StreamRequestHandler):
    def handle(self):
        headers = {}
        self.rfile.readline()
        while line := self.rfile.readline().decode().strip():
            name, value = line.split(": ", 1)
            headers[name.lower()] = value
        headers_seen = f"X-Origin: {headers['origin']}\r\nX-Site: {headers['x-frappe-site-name']}\r\n"
        if headers.get("upgrade") != "websocket" or headers["connection"] != "upgrade":
            self.wfile.write(f"HTTP/1.1 200 OK\r\n{headers_seen}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
            return
        accept = hashlib.sha1((headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
        self.wfile.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"{headers_seen}Sec-WebSocket-Accept: {base64.b64encode(accept).decode()}\r\n\r\n".encode()
        )
        self.wfile.flush()
        while data := self.connection.recv(65536):
            self.connection.sendall(data)


class RealtimeServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


threading.Thread(target=RealtimeServer(("", 9000), Realtime).serve_forever, daemon=True).start()
ThreadingHTTPServer(("", 8000), Backend).serve_forever()
