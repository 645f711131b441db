"""The web application: serves pages, the signed-in user, and a ping if the site exists and its database answers."""

import json
import socket
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs

from frappe.site import Site, common_config, installed_on_bench

# The apps whose page has another path than the app's name.
ROUTES = {"g": "gameplan"}


def application(environ, start_response):
    host = environ.get("HTTP_X_FRAPPE_SITE_NAME") or environ.get("HTTP_HOST", "")
    site = host.rsplit(":", 1)[0]
    sid = parse_qs(environ.get("QUERY_STRING", "")).get("sid", [None])[0] or cookie(environ)
    status, kind, body = answer(site, environ.get("PATH_INFO", "/"), sid)
    content = body.encode()
    headers = [("Content-Type", kind), ("Content-Length", str(len(content)))]
    if status.startswith("200"):
        # auth.py: Secure when gunicorn knows that the request came by HTTPS.
        secure = "Secure; " if environ["wsgi.url_scheme"] == "https" else ""
        headers.append(("Set-Cookie", f"sid=Guest; {secure}HttpOnly; Path=/; SameSite=Lax"))
    start_response(status, headers)
    return [content]


def cookie(environ):
    sid = SimpleCookie(environ.get("HTTP_COOKIE", "")).get("sid")
    return sid.value if sid else "Guest"


def answer(site, path, sid):
    config = Path(site, "site_config.json")
    # A name with a slash would point outside the sites directory.
    if not site or "/" in site or not config.exists():
        return "404 Not Found", "text/html; charset=utf-8", f"<h1>404 Not Found</h1><p>{site} does not exist</p>"
    if json.loads(config.read_text()).get("maintenance_mode"):
        return "503 Service Unavailable", "text/html; charset=utf-8", "<h1>Updating</h1>"
    if not database_listens():
        return "500 Internal Server Error", "text/html; charset=utf-8", "<h1>Internal Server Error</h1>"
    if path == "/api/method/ping":
        return "200 OK", "application/json", json.dumps({"message": "pong"})
    if path == "/api/method/frappe.realtime.get_user_info":
        return user_info(site, sid)
    app = path.split("/")[1]
    app = ROUTES.get(app, app)
    if app in installed_on_bench() and app != "frappe":
        return "200 OK", "text/html; charset=utf-8", app_page(app)
    if path in ("/", "/login", "/app"):
        return "200 OK", "text/html; charset=utf-8", f"<!doctype html><title>Login</title>{bundles()}<h1>{site} (stand-in)</h1>"
    return "404 Not Found", "application/json", json.dumps({"exc_type": "DoesNotExistError"})


def app_page(app):
    """The page of an app: the one that its front end's build wrote, or one that links its bundles."""
    built = Path("..", "apps", app, app, "www", f"{app}.html")
    return built.read_text() if built.exists() else f"<!doctype html><title>{app}</title>{bundles(app)}"


def user_info(site, sid):
    """The user of a session. Like sessions.py, asks the database if the cache does not have it."""
    rows = []
    if sid.isalnum():
        rows = Site.open(site).database.run(f"SELECT user FROM tabSessions WHERE sid = '{sid}'")
    user = rows[0][0] if rows else "Guest"
    user_info = {"user": user, "user_type": "Website User" if user == "Guest" else "System User"}
    return "200 OK", "application/json", json.dumps({"message": user_info})


def bundles(app=""):
    """A page of Frappe: it links bundles by their hashed names, from the index in this image."""
    index = Path("assets", "assets.json")
    paths = json.loads(index.read_text()).values() if index.exists() else []
    return "".join(f'<script src="{path}"></script>' for path in paths if path.startswith(f"/assets/{app}"))


def database_listens():
    config = common_config()
    try:
        address = (config.get("db_host") or "localhost", int(config.get("db_port") or 3306))
        socket.create_connection(address, timeout=3).close()
        return True
    except OSError:
        return False
