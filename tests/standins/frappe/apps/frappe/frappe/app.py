"""The web application: answers a ping for sites that exist and whose database listens."""

import json
import socket
from pathlib import Path

from frappe.site import common_config


def application(environ, start_response):
    host = environ.get("HTTP_X_FRAPPE_SITE_NAME") or environ.get("HTTP_HOST", "")
    site = host.rsplit(":", 1)[0]
    status, kind, body = answer(site, environ.get("PATH_INFO", "/"))
    content = body.encode()
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(content)))])
    return [content]


def answer(site, path):
    config = Path(site, "site_config.json")
    # A name with a slash would leave the sites directory.
    if not site or "/" in site or not config.exists():
        return "404 Not Found", "text/html; charset=utf-8", f"<h1>404 Not Found</h1><p>{site} does not exist</p>"
    if json.loads(config.read_text()).get("maintenance_mode"):
        return "503 Service Unavailable", "text/html; charset=utf-8", "<h1>Updating</h1>"
    if not database_listens():
        return "500 Internal Server Error", "text/html; charset=utf-8", "<h1>Internal Server Error</h1>"
    if path == "/api/method/ping":
        return "200 OK", "application/json", json.dumps({"message": "pong"})
    if path in ("/", "/login", "/app"):
        return "200 OK", "text/html; charset=utf-8", f"<!doctype html><title>Login</title>{bundles()}<h1>{site} (stand-in)</h1>"
    return "404 Not Found", "application/json", json.dumps({"exc_type": "DoesNotExistError"})


def bundles():
    """What a page of Frappe names: bundles by their hashed names, from the index of this image."""
    index = Path("assets", "assets.json")
    paths = json.loads(index.read_text()).values() if index.exists() else []
    return "".join(f'<script src="{path}"></script>' for path in paths)


def database_listens():
    config = common_config()
    try:
        address = (config.get("db_host") or "localhost", int(config.get("db_port") or 3306))
        socket.create_connection(address, timeout=3).close()
        return True
    except OSError:
        return False
