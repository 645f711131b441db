"""Checks the site from inside, in the way its containers and users use it. It runs with the bench's Python in a
container of the image, beside the others. It leaves nothing behind and needs no password.

Environment: SITE, APPS (names separated by spaces), HOST_NAME (the site's address). Each check prints one line:
{"check": id, "ok": true or false, "warning": true for a mere warning, "found": "…"}
Exit code: 0 if no check failed, otherwise 1.
"""

import json
import os
import re
import secrets
import signal
import socket
import ssl
import struct
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

BENCH = Path(os.environ.get("BENCH", "/home/frappe/frappe-bench"))
SITE = os.environ["SITE"]
APPS = os.environ["APPS"].split()
URL = os.environ["HOST_NAME"]
QUEUES = ("short", "default", "long")
USER = "Administrator"
# All checks take about five seconds on an idle machine (measured). A busy one may need longer.
TIMEOUT_SECONDS = int(os.environ.get("TIMEOUT_SECONDS", "25"))
DEADLINE = time.monotonic() + TIMEOUT_SECONDS
# Until then a check waits for busy workers. After a migration, a worker indexes all pages for a minute or more.
WAIT_FOR_BUSY = DEADLINE - TIMEOUT_SECONDS * 2 / 3
# A check that reaches the deadline may use so many seconds more to find the reason.
GRACE_SECONDS = 3
LONGEST = 300
# Width and height of wkhtmltopdf's placeholder for a picture that it could not fetch. It may report no error.
NO_PICTURE = (16, 16)

# Output of Frappe and its programs goes to stderr, so that stdout has only the findings.
report = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


class Warn(Exception):
    """A warning, not a failure."""


class TimeUp(Exception):
    def __str__(self):
        return "no result in time"


def left():
    return max(1, DEADLINE - time.monotonic())


def tell(check, ok, found, warning=False):
    line = {"check": check, "ok": ok, "found": " ".join(str(found).split())[:LONGEST]}
    if warning:
        line["warning"] = True
    print(json.dumps(line), file=report, flush=True)


def look(check, function):
    """Runs one check and prints its finding. An exception is a failed check."""

    def stop(*_):
        raise TimeUp

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(int(left()) + GRACE_SECONDS)
    try:
        tell(check, True, function())
        return True
    except Warn as error:
        tell(check, True, error, warning=True)
        return True
    except Exception as error:
        tell(check, False, str(error) or type(error).__name__)
        return False
    finally:
        signal.alarm(0)


# The certificate is checked from outside, by its fingerprint. From inside it is ignored.
unchecked = ssl.create_default_context()
unchecked.check_hostname = False
unchecked.verify_mode = ssl.CERT_NONE
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=unchecked))


def maintenance_pass():
    """While the site is closed for an update, nginx lets requests with this pass through; see update.py."""
    passes = (BENCH / "sites" / SITE / ".installer").glob("held-*")
    return next((path.name.removeprefix("held-") for path in passes), None)


def fetch(path, body=None, cookie=None):
    request = urllib.request.Request(URL + path, data=body)
    if allowed := maintenance_pass():
        request.add_header("X-Erp-Installer-Pass", allowed)
    if cookie:
        request.add_header("Cookie", cookie)
    if body is not None:
        request.add_header("Content-Type", "text/plain;charset=UTF-8")
    try:
        with opener.open(request, timeout=left()) as answer:
            return answer.read().decode()
    except urllib.error.URLError as error:
        if isinstance(error.reason, socket.gaierror):
            raise Exception(f"{SITE} has no address in the containers") from error
        raise


def address():
    """The site's own address reaches the site from here. PDFs and the sign-in of sockets need that."""
    if "pong" not in fetch("/api/method/ping"):
        raise Exception(f"{URL} does not lead to this site")
    return f"{URL} answers inside the network"


def links():
    from frappe.utils import get_url

    if get_url() != URL:
        raise Exception(f"links in mails begin with {get_url()}, not with {URL}")
    return f"links in mails begin with {URL}"


def brought(app):
    """The DocTypes of an app: those that frappe/model/sync.py finds in its modules."""
    package = BENCH / "apps" / app / app
    modules = [line.strip() for line in (package / "modules.txt").read_text().splitlines() if line.strip()]
    for module in modules:
        directory = package / module.replace(" ", "_").replace("-", "_").lower() / "doctype"
        for file in sorted(directory.glob("*/*.json")):
            if file.stem == file.parent.name:
                content = json.loads(file.read_text())
                if content.get("doctype") == "DocType":
                    yield content["name"]


def doctypes(frappe):
    made = {row[0] for row in frappe.db.sql("select name from `tabDocType`")}
    missing, count = [], 0
    for app in APPS:
        names = list(brought(app))
        count += len(names)
        missing += [f"{app}: {name}" for name in names if name not in made]
    if missing:
        raise Exception(f"{len(missing)} DocTypes are missing: {', '.join(missing[:5])}")
    return f"{count} DocTypes of the apps"


def apps(frappe):
    installed = frappe.get_installed_apps()
    missing = [app for app in APPS if app not in installed]
    if missing:
        raise Exception(f"not installed in the site: {', '.join(missing)}")
    listed = [app for app in APPS if frappe.get_hooks("add_to_apps_screen", app_name=app)]
    try:
        from frappe.apps import get_apps
    except ImportError:
        return f"{len(APPS)} installed"
    shown = {app["name"] for app in get_apps()}
    hidden = [app for app in listed if app not in shown]
    if hidden:
        raise Exception(f"not on the apps page: {', '.join(hidden)}")
    return f"{len(APPS)} installed, {len(listed)} of them on the apps page"


def image_sizes(content):
    for image in re.findall(rb"<<[^>]*?/Subtype\s*/Image.*?>>", content, re.DOTALL):
        numbers = [re.search(rb"/%s\s+(\d+)" % name, image) for name in (b"Width", b"Height")]
        yield tuple(int(n.group(1)) for n in numbers if n)


def pdf():
    """Like a print format: the picture has a path of the site, and wkhtmltopdf fetches it by the site's name."""
    from frappe.utils.pdf import get_pdf

    pictures = sorted((BENCH / "apps/frappe/frappe/public/images").glob("*.png"))
    picture = next(p.name for p in pictures if struct.unpack(">II", p.read_bytes()[16:24]) != NO_PICTURE)
    content = get_pdf(f'<html><body><p>PDF</p><img src="/assets/frappe/images/{picture}"></body></html>')
    if not content.startswith(b"%PDF"):
        raise Exception("the result is no PDF")
    if not set(image_sizes(content)) - {NO_PICTURE}:
        raise Exception(f"the PDF lacks its picture {URL}/assets/frappe/images/{picture}")
    return f"a PDF with a picture, {len(content)} bytes"


def send_jobs(frappe):
    return {queue: frappe.enqueue("frappe.ping", queue=queue, at_front=True) for queue in QUEUES}


def end_of(job, until):
    """The final status of a job, or None if it has not ended by then."""
    while (status := job.get_status(refresh=True)) not in ("finished", "failed"):
        if time.monotonic() >= until:
            return None
        time.sleep(0.2)
    return status


def workers_of(job):
    from rq import Worker

    return [w for w in Worker.all(connection=job.connection) if job.origin in w.queue_names()]


def all_busy(workers):
    return bool(workers) and all(w.get_state() == "busy" for w in workers)


def came_back(queue, job):
    """Waits for the result of an empty job. Workers that are all busy with real work are a warning only."""
    try:
        status = end_of(job, WAIT_FOR_BUSY)
        workers = workers_of(job)
        if not status and not all_busy(workers):
            status, workers = end_of(job, DEADLINE), workers_of(job)
        if status == "finished":
            return f"a job ran in {queue} and its result came back"
        if status == "failed":
            raise Exception(f"a worker took a job of {queue} and failed: {' '.join(str(job.exc_info).split())[-200:]}")
        if not workers:
            raise Exception(f"no worker serves {queue}")
        if any(w.get_state() == "busy" for w in workers):
            raise Warn(f"{queue}: its workers ({len(workers)}) are busy with other jobs; no result came back in time")
        raise Exception(f"{queue} has {len(workers)} workers, and none took a job")
    finally:
        job.delete()


def scheduler(frappe):
    """Its container is counted from outside. An operator may have disabled it on purpose, so this is a warning."""
    conf = frappe.local.conf
    held = (BENCH / "sites" / SITE / ".installer" / "held").exists()
    for key in ("maintenance_mode", "pause_scheduler", "disable_scheduler"):
        if held and key == "pause_scheduler":
            continue
        if conf.get(key):
            raise Warn(f"{key} is set in the configuration: nothing runs by schedule")
    rows = frappe.db.sql(
        "select value from tabSingles where doctype = 'System Settings' and field = 'enable_scheduler'"
    )
    if not rows or str(rows[0][0]) != "1":
        raise Warn("the scheduler is disabled in the site: nothing runs by schedule")
    last, age = frappe.db.sql(
        "select max(last_execution), timestampdiff(minute, max(last_execution), %s) from `tabScheduled Job Type`",
        (frappe.utils.now(),),
    )[0]
    if last is None:
        return "enabled; no job has run yet"
    if int(age) > 120:
        raise Warn(f"enabled; its last job ran {int(age) // 60} h ago")
    return f"enabled; its last job ran {max(int(age), 0)} min ago"


@contextmanager
def session(frappe):
    """A session of Administrator for the time of the check. It is made like a login's, without the login's traces."""
    sid, now = secrets.token_hex(28), frappe.utils.now()
    data = {
        "user": USER, "session_ip": "127.0.0.1", "creation": now, "last_updated": now, "session_expiry": "00:10:00",
        "full_name": USER, "user_type": "System User",
    }
    # Marked as just written, so that the backend does not record activity of Administrator.
    frappe.cache.hset("last_db_session_update", sid, now)
    frappe.db.sql(
        "insert into `tabSessions` (sessiondata, user, lastupdate, sid, status) values (%s, %s, %s, %s, 'Active')",
        (str(data), USER, now, sid),
    )
    frappe.db.commit()
    try:
        yield sid
    finally:
        frappe.db.sql("delete from `tabSessions` where sid = %s", (sid,))
        frappe.db.commit()
        for key in ("session", "last_db_session_update"):
            frappe.cache.hdel(key, sid)


class Socket:
    """A Socket.IO client with long polling. Like a browser, it goes through the frontend and signs in with a cookie."""

    def __init__(self, sid):
        self.path, self.cookie, self.packets = "/socket.io/?EIO=4&transport=polling", f"sid={sid}", []
        self.path += f"&sid={json.loads(self.take('0'))['sid']}"
        self.send(f"40/{SITE},")
        answer = self.take(f"40/{SITE},", f"44/{SITE},", "44")
        if not answer.startswith("{") or "message" in json.loads(answer):
            raise Exception(f"the realtime server refuses a signed-in user: {answer}")

    def send(self, packet):
        fetch(self.path, packet.encode(), self.cookie)

    def take(self, *kinds):
        """The rest of the next packet that begins with one of these kinds."""
        while time.monotonic() < DEADLINE:
            while self.packets:
                packet = self.packets.pop(0)
                if packet == "2":
                    self.send("3")
                for kind in kinds:
                    if packet.startswith(kind):
                        return packet[len(kind):]
            self.packets = fetch(self.path, cookie=self.cookie).split("\x1e")
        raise TimeUp

    def close(self):
        self.send("1")


def realtime(frappe):
    with session(frappe) as sid:
        socket = Socket(sid)
        try:
            token = secrets.token_hex(8)
            frappe.publish_realtime("installer_verification", {"token": token}, user=USER)
            while token not in socket.take(f"42/{SITE},"):
                pass
        finally:
            socket.close()
    return "an event reached a signed-in user's socket"


def main():
    os.chdir(BENCH / "sites")
    import frappe

    frappe.init(site=SITE)
    frappe.connect()
    good = []
    try:
        jobs = {}
        sent = lambda: f"jobs sent: {', '.join(jobs.setdefault('sent', send_jobs(frappe)))}"  # noqa: E731
        good.append(look("inside-queues", sent))
        good.append(look("inside-address", address))
        good.append(look("inside-links", links))
        good.append(look("inside-doctypes", lambda: doctypes(frappe)))
        good.append(look("inside-apps", lambda: apps(frappe)))
        good.append(look("inside-scheduler", lambda: scheduler(frappe)))
        frappe.db.rollback()
        good.append(look("inside-realtime", lambda: realtime(frappe)))
        good.append(look("inside-pdf", pdf))
        for queue, job in jobs.get("sent", {}).items():
            good.append(look(f"inside-queue-{queue}", lambda: came_back(queue, job)))
    finally:
        frappe.db.rollback()
        frappe.destroy()
    print(json.dumps({"looks": len(good), "failed": good.count(False)}), file=report, flush=True)
    # The installer reads the log while the container runs: Nomad may remove it as soon as the container ends.
    time.sleep(int(os.environ.get("LINGER", "3")))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
