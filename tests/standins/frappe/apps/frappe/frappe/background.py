"""Workers and scheduler: they connect to Redis, print a line and keep running."""

import json
import re
import socket
import sys
import time
import uuid
from datetime import datetime, timezone
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
    name = uuid.uuid4().hex
    while not burst:
        register(name, queues, "idle")
        take_job(name, queues)
        require_queue()


def schedule():
    require_queue()
    print("Scheduler started", flush=True)
    while True:
        time.sleep(5)
        require_queue()


# --- jobs: lists and hashes in redis-queue, named as RQ names them -----------------------------------------------


def connection():
    import redis

    return redis.Redis.from_url(common_config().get("redis_queue") or "redis://localhost:6379", decode_responses=True)


def now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def origin(queue):
    return f"home-frappe-frappe-bench:{queue}"


class Job:
    """The result of `enqueue`: the part of an RQ job that the tests use."""

    exc_info = ""

    def __init__(self, number, queue):
        self.id, self.origin, self.connection = number, origin(queue), connection()

    def get_status(self, refresh=True):
        del refresh
        return self.connection.hget(f"rq:job:{self.id}", "status")

    def delete(self):
        self.connection.lrem(f"rq:queue:{self.origin}", 0, self.id)
        self.connection.delete(f"rq:job:{self.id}")


def has_pending_jobs(site):
    """Whether a job of the site waits or runs."""
    server = connection()
    waiting = [job for queue in QUEUES for job in server.lrange(f"rq:queue:{origin(queue)}", 0, -1)]
    running = [job for queue in QUEUES for job in server.zrange(f"rq:wip:{origin(queue)}", 0, -1)]
    return any(job.startswith(f"{site}::") for job in waiting + running)


def enqueue(method, queue, at_front, arguments):
    import frappe

    job = Job(f"{frappe.local.site}::{uuid.uuid4()}", queue)
    what = json.dumps({"site": frappe.local.site, "method": method, "arguments": arguments})
    job.connection.hset(f"rq:job:{job.id}", mapping={
        "status": "queued", "enqueued_at": now(), "what": what,
        "description": f"frappe.utils.background_jobs.execute_job(job_name='{method}', kwargs={arguments})",
    })
    push = job.connection.lpush if at_front else job.connection.rpush
    push(f"rq:queue:{job.origin}", job.id)
    return job


def register(name, queues, state):
    """Keeps the worker in the list: RQ forgets a worker without a recent heartbeat."""
    key, server = f"rq:worker:{name}", connection()
    server.sadd("rq:workers", key)
    server.hset(key, mapping={
        "queues": ",".join(origin(queue) for queue in queues), "state": state, "last_heartbeat": now(),
    })
    server.expire(key, 30)


def take_job(name, queues):
    """Runs one job, after waiting up to five seconds for it."""
    import redis

    import frappe

    try:
        server = connection()
        taken = server.blpop([f"rq:queue:{origin(queue)}" for queue in queues], timeout=5)
        if not taken:
            return
        key = f"rq:job:{taken[1]}"
        what = json.loads(server.hget(key, "what"))
        register(name, queues, "busy")
        running = taken[0].replace("rq:queue:", "rq:wip:", 1)
        server.zadd(running, {taken[1]: time.time() + 300})
        frappe.init(what["site"])
        try:
            frappe.get_attr(what["method"])(**what["arguments"])
            server.hset(key, "status", "finished")
        except Exception:
            server.hset(key, "status", "failed")
            raise
        finally:
            server.zrem(running, taken[1])
    except redis.exceptions.ConnectionError:
        time.sleep(1)
