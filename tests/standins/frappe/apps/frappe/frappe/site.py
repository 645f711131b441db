"""A site: a directory below sites/ and a database."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path


FROM_ENVIRONMENT = ("db_host", "db_port", "redis_cache", "redis_queue")


class SiteMissing(Exception):
    pass


class OperationalError(Exception):
    """An error of the database server. It has the name of the driver's error, which real tracebacks show."""

    __module__ = "pymysql.err"


def update_config(path, key, value):
    """Sets one key of a configuration file, which must exist."""
    config = json.loads(path.read_text())
    if value in ("0", "1"):
        value = int(value)
    if value in ("true", "false"):
        value = value == "true"
    if value == "None":
        config.pop(key, None)
    else:
        config[key] = value
    path.write_text(json.dumps(config, indent=1, sort_keys=True))


def installed_on_bench():
    """The apps of sites/apps.txt with the versions of their packages. A name without a package has version 0.0.1."""
    names = [line.strip() for line in Path("apps.txt").read_text().splitlines() if line.strip()]
    return {name: version_of(name) for name in names}


def version_of(app):
    init = Path("..", "apps", app, app, "__init__.py")
    match = re.search(r"^__version__\s*=\s*['\"](.+?)['\"]", init.read_text(), re.M) if init.exists() else None
    return match.group(1) if match else "0.0.1"


def common_config():
    """The configuration file, overridden by the environment, as in frappe/config.py."""
    overrides = {key: os.environ[name] for key in FROM_ENVIRONMENT if (name := f"FRAPPE_{key.upper()}") in os.environ}
    return json.loads(Path("common_site_config.json").read_text()) | overrides


@dataclass
class Database:
    """One login to the MariaDB server, used through its command-line client."""

    user: str
    password: str
    name: str = ""

    def run(self, sql):
        config = common_config()
        host = config.get("db_host") or "localhost"
        command = [
            "mariadb",
            "--no-defaults",
            "--protocol=tcp",
            f"--host={host}",
            f"--port={config.get('db_port') or 3306}",
            f"--user={self.user}",
            "--batch",
            "--skip-column-names",
            self.name,
        ]
        # The password is in the environment, because the list of processes shows arguments.
        done = subprocess.run(
            command, input=sql, capture_output=True, text=True, env={"MYSQL_PWD": self.password, "PATH": "/usr/bin"}
        )
        if done.returncode:
            self._fail(done.stderr.strip(), host)
        return [line.split("\t") for line in done.stdout.splitlines()]

    @staticmethod
    def _fail(message, host):
        match = re.match(r"ERROR (\d+) \(\w+\)[^:]*: (.*)", message, re.S)
        code, text = (int(match.group(1)), match.group(2)) if match else (1105, message)
        if code in (2002, 2005):
            code, text = 2003, f"Can't connect to MySQL server on '{host}' ([Errno 111] Connection refused)"
        raise OperationalError((code, text))


class Site:
    def __init__(self, name, config):
        self.name = name
        self.path = Path(name)
        self.config = config
        self.database = Database(config["db_name"], config["db_password"], config["db_name"])

    @classmethod
    def open(cls, name):
        path = Path(name, "site_config.json")
        if not path.exists():
            raise SiteMissing(name)
        return cls(name, json.loads(path.read_text()))

    def installed_apps(self):
        rows = self.database.run("SELECT defvalue FROM tabDefaultValue WHERE defkey = 'installed_apps'")
        return json.loads(rows[0][0]) if rows else []

    def add_installed_app(self, app):
        # Once, also when it is installed again (frappe/installer.py, add_to_installed_apps).
        apps = json.dumps(list(dict.fromkeys([*self.installed_apps(), app])))
        self.database.run(
            "DELETE FROM tabDefaultValue WHERE defkey = 'installed_apps';"
            f"INSERT INTO tabDefaultValue (parent, defkey, defvalue) VALUES ('__global', 'installed_apps', '{apps}');"
        )
        self.record_versions()

    def remove_installed_app(self, app):
        apps = json.dumps([name for name in self.installed_apps() if name != app])
        self.database.run(f"UPDATE tabDefaultValue SET defvalue = '{apps}' WHERE defkey = 'installed_apps'")
        self.record_versions()

    def record_versions(self):
        """The list of apps and versions that a dump shows, in tabInstalled Application."""
        rows = "".join(
            f"REPLACE INTO `tabInstalled Application` VALUES ('{app}', '{app}', '{version_of(app)}');"
            for app in self.installed_apps()
        )
        self.database.run(f"DELETE FROM `tabInstalled Application`;{rows}")

    def versions(self):
        return json.dumps({app: version_of(app) for app in self.installed_apps()})

    def set_scheduler(self, enabled):
        self.database.run(
            "REPLACE INTO tabSingles (doctype, field, value) "
            f"VALUES ('System Settings', 'enable_scheduler', '{int(enabled)}')"
        )
