"""A stand-in for the Frappe Framework: enough of it to install a site, answer a ping and keep workers busy."""

import importlib
import json
import pickle
from pathlib import Path

__version__ = "@VERSION@"

# For scripts outside a request. Documents and mails are in frappe/mail.py.


class _Flags(dict):
    def __getattr__(self, name):
        return self.get(name)

    def __setattr__(self, name, value):
        self[name] = value


flags = _Flags()
local = _Flags()
db = None


class ValidationError(Exception):
    pass


def get_doc(doctype, name):
    from frappe.mail import EmailAccount

    assert doctype == "Email Account"
    return EmailAccount.load(name)


def new_doc(doctype):
    from frappe.mail import EmailAccount

    assert doctype == "Email Account"
    return EmailAccount({})


def sendmail(**message):
    from frappe.mail import send

    return send(**message)


class Cache:
    """Hashes in redis-cache. Their names begin with the name of the site's database."""

    def _redis(self):
        import redis

        return redis.Redis.from_url(local.conf["redis_cache"])

    def _name(self, name):
        return f"{local.conf['db_name']}|{name}"

    def hset(self, name, key, value):
        self._redis().hset(self._name(name), key, pickle.dumps(value))

    def hget(self, name, key):
        value = self._redis().hget(self._name(name), key)
        return pickle.loads(value) if value else None

    def hdel(self, name, key):
        self._redis().hdel(self._name(name), key)


cache = Cache()


def init(site, sites_path=".", force=False):
    """Selects the site. `conf` is the bench's configuration, overridden by the site's."""
    del force
    from frappe.site import common_config

    local.site = site
    local.conf = common_config() | json.loads(Path(sites_path, site, "site_config.json").read_text())


def connect():
    global db
    from frappe.mail import SiteDatabase
    from frappe.site import Site

    local.opened = Site.open(local.site)
    db = SiteDatabase(local.site)


def destroy():
    global db
    local.site, local.conf, local.opened, db = None, {}, None, None


def get_attr(name):
    module, attribute = name.rsplit(".", 1)
    return getattr(importlib.import_module(module), attribute)


def get_installed_apps():
    return local.opened.installed_apps()


def get_hooks(hook, app_name):
    return getattr(importlib.import_module(f"{app_name}.hooks"), hook, [])


def ping():
    return "pong"


def enqueue(method, queue="default", at_front=False, **kwargs):
    from frappe.background import enqueue as send

    return send(method, queue, at_front, kwargs)


def publish_realtime(event, message, user):
    """The realtime server listens at redis-queue, as in version 15."""
    import redis

    published = {"event": event, "message": message, "room": f"user:{user}", "namespace": local.site}
    redis.Redis.from_url(local.conf["redis_queue"]).publish("events", json.dumps(published))


# At the end, because it uses the definitions above.
from frappe import utils  # noqa: E402, F401
