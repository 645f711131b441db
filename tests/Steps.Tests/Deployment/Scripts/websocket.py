"""Shakes hands for a WebSocket through nginx, sends a line and prints the answers. Arguments: port, site."""

import socket
import ssl
import sys

port, site = int(sys.argv[1]), sys.argv[2]
connection = socket.create_connection(("127.0.0.1", port), timeout=10)
if port == 8443:
    trust = ssl.create_default_context(cafile="/secrets/site.crt")
    connection = trust.wrap_socket(connection, server_hostname=site)
connection.sendall(
    f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {site}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
)
answer = b""
while b"\r\n\r\n" not in answer:
    answer += connection.recv(4096)
print(answer.decode().strip())
connection.sendall(b"through and back")
print(connection.recv(4096).decode())
