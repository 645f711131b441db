"""Workers and scheduler: they connect to Redis, say what they do and stay."""

import re
import socket
import sys
import time
from urllib.parse import urlparse

from frappe.site import common_config

QUEUES = ("short", "default", "long")


def redis_answers(key):
    """Whether the Redis of this key in common_site_config.json answers PING."""
    url = urlparse(common_config().get(key) or "redis://localhost:6379")
    try:
        with socket.create_connection((url.hostname, url.port or 6379), timeout=3) as connection:
            if url.password:
                connection.sendall(f"AUTH {url.password}\r\n".encode())
                if connection.recv(64) != b"+OK\r\n":
                    return False
            connection.sendall(b"PING\r\n")
            return connection.recv(7) == b"+PONG\r\n"
    except OSError:
        return False


def require_queue():
    if not redis_answers("redis_queue"):
        url = re.sub("//.*@", "//", common_config().get("redis_queue") or "redis://localhost:6379")
        sys.exit(f"redis.exceptions.ConnectionError: Error 111 connecting to {url}. Connection refused.")


def work(queues, burst):
    unknown = [queue for queue in queues if queue not in QUEUES]
    if unknown:
        sys.exit(f"frappe.exceptions.ValidationError: Queue should be one of {', '.join(QUEUES)}")
    require_queue()
    print(f"*** Listening on {', '.join(queues)}...", flush=True)
    while not burst:
        time.sleep(5)
        require_queue()


def schedule():
    require_queue()
    print("Scheduler started", flush=True)
    while True:
        time.sleep(5)
        require_queue()
