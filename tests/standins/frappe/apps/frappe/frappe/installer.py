"""Creates a site, installs apps into it and removes them, in the real order, so that an interruption leaves the same
state.

STANDIN_KILL_AT in the environment kills the process with SIGKILL at a named point, for tests of incomplete sites:
`database` (database and user exist, no table), `frappe` (tables exist, nothing installed), or an app's name (the app
is in the list of installed apps, but its installation has not ended), or `uninstall-APP` (its first DocType is gone).
"""

import getpass
import hashlib
import importlib
import json
import os
import secrets
import signal
import sys
from pathlib import Path

import click

from frappe import backups
from frappe.site import Database, OperationalError, Site, common_config, installed_on_bench

TABLES = """
CREATE TABLE tabDefaultValue (parent varchar(140), defkey varchar(140), defvalue text, KEY (parent, defkey));
CREATE TABLE tabSingles (doctype varchar(140), field varchar(140), value text, PRIMARY KEY (doctype, field));
CREATE TABLE tabUser (name varchar(140) PRIMARY KEY, password_hash varchar(140),
    last_login datetime INVISIBLE);
CREATE TABLE tabDocType (name varchar(140) PRIMARY KEY);
CREATE TABLE tabSessions (user varchar(255), sid varchar(255) PRIMARY KEY, sessiondata longtext, lastupdate datetime(6),
    status varchar(20));
CREATE TABLE `__Auth` (doctype varchar(140), name varchar(255), fieldname varchar(140), password text,
    encrypted int(1) NOT NULL DEFAULT 0, PRIMARY KEY (doctype, name, fieldname));
CREATE TABLE `tabInstalled Application` (
    name varchar(140) PRIMARY KEY, app_name varchar(140), app_version varchar(140));
CREATE TABLE `tabScheduled Job Type` (name varchar(140) PRIMARY KEY, last_execution datetime(6));
INSERT INTO tabDefaultValue VALUES ('__global', 'versions', '{}');
"""


def kill_at(point):
    if os.environ.get("STANDIN_KILL_AT") == point:
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)
        os._exit(137)  # a container's first process ignores signals from itself


def new_site(site, scope, install_apps, db_name=None, db_password=None, db_host=None, db_port=None,
             db_root_username=None, db_root_password=None, admin_password=None, force=False, setup_db=True, **ignored):
    del ignored
    path = Path(site)
    if not force and path.exists():
        print(f"Site {site} already exists, use `--force` to proceed anyway")
        sys.exit(1)

    db_name = db_name or "_" + hashlib.sha1(os.path.realpath(path).encode()).hexdigest()[:16]
    for directory in ("private/backups", "private/files", "public/files", "locks", "logs"):
        (path / directory).mkdir(parents=True, exist_ok=True)
    config_path = path / "site_config.json"
    if not config_path.exists():
        config = {"db_name": db_name, "db_password": db_password or secrets.token_urlsafe(12), "db_type": "mariadb"}
        config |= {key: value for key, value in (("db_host", db_host), ("db_port", db_port)) if value}
        config_path.write_text(json.dumps(config, indent=1, sort_keys=True))
    created = Site.open(site)

    if setup_db:
        root = Database(db_root_username or "root", db_root_password or getpass.getpass("MySQL root password: "))
        create_database(root, created.config, scope or "localhost", force)
    kill_at("database")
    created.database.run(TABLES)
    kill_at("frappe")
    install_app(created, "frappe", admin_password=admin_password)
    for app in install_apps:
        install_app(created, app)
    created.set_scheduler(False)
    print("*** Scheduler is disabled ***")


def create_database(root, config, scope, force):
    name, password = config["db_name"], config["db_password"]
    if [name] in root.run("SHOW DATABASES") and not force:
        print(f"Database {name} already exists, please drop it or pass `--force`.")
        sys.exit(1)
    root.run(
        f"CREATE OR REPLACE USER '{name}'@'{scope}' IDENTIFIED BY '{password}';"
        f"DROP DATABASE IF EXISTS `{name}`; CREATE DATABASE `{name}`;"
        f"GRANT ALL PRIVILEGES ON `{name}`.* TO '{name}'@'{scope}'; FLUSH PRIVILEGES;"
    )


def install_app(site, app, force=False, admin_password=None):
    """Installs the required apps, then the app. Skips an app that is in the list already."""
    bench = installed_on_bench()
    installed = site.installed_apps()
    hooks = None
    if app in bench or Path("..", "apps", app).exists():
        hooks = importlib.import_module(f"{app}.hooks")
    for required in getattr(hooks, "required_apps", []):
        install_app(site, resolve(required))

    if app not in bench:
        raise Exception(f"App {app} not in apps.txt")
    if app in installed and not force:
        click.secho(f"App {app} already installed", fg="yellow")
        return
    print(f"\nInstalling {app}...", flush=True)
    importlib.import_module(app)
    site.add_installed_app(app)
    kill_at(app)
    if app == "frappe":
        set_administrator(site, admin_password)
    print(f"Updating DocTypes for {app:20}: [{'=' * 40}] 100%", flush=True)
    for name in doctypes(app):
        site.database.run(f"INSERT IGNORE INTO tabDocType VALUES ('{name}')")


def remove_app(site, app, dry_run=False, yes=False, no_backup=False, force=False):
    """Removes an app with its data. Like the real one, it ends well when it refuses."""
    hooks = importlib.import_module(f"{app}.hooks")
    if not force and app not in site.installed_apps():
        click.secho(f"App {app} not installed on Site {site.name}", fg="yellow")
        return
    for other in site.installed_apps():
        required = getattr(importlib.import_module(f"{other}.hooks"), "required_apps", []) if other != app else []
        if any(app in name for name in required):
            click.secho(f"App {app} is a dependency of {other}. Uninstall {other} first.", fg="yellow")
            return
    print(f"Uninstalling App {app} from Site {site.name}...", flush=True)
    if not dry_run and not yes and not click.confirm("All doctypes of this app will be deleted. Continue?"):
        return
    if not (dry_run or no_backup):
        print("Backing up...", flush=True)
        backups.backup(site, with_files=False, backup_path=None, compress=False)
    if hasattr(hooks, "before_uninstall"):
        module, name = hooks.before_uninstall.rsplit(".", 1)
        getattr(importlib.import_module(module), name)()
    for name in [] if dry_run else doctypes(app):
        print(f"* dropping Table for '{name}'...", flush=True)
        site.database.run(f"DELETE FROM tabDocType WHERE name = '{name}'; DROP TABLE IF EXISTS `tab{name}`;")
        kill_at(f"uninstall-{app}")
    if not dry_run:
        site.remove_installed_app(app)
    click.secho(f"Uninstalled App {app} from Site {site.name}", fg="green")


def doctypes(app):
    """The names of the DocTypes: NAME in MODULE/doctype/NAME/NAME.json."""
    for file in sorted(Path("..", "apps", app, app).glob("*/doctype/*/*.json")):
        yield json.loads(file.read_text())["name"]


def resolve(required):
    """The app's name in an entry of required_apps.

    For an entry without an organisation, the real one asks api.github.com. STANDIN_OFFLINE makes that fail."""
    if "/" not in required:
        print(f"Looking up {required} at api.github.com", flush=True)
        if os.environ.get("STANDIN_OFFLINE"):
            raise ConnectionError(
                f"HTTPSConnectionPool(host='api.github.com', port=443): Max retries exceeded with url: "
                f"/repos/frappe/{required} (Caused by NameResolutionError)"
            )
    return required.split("@")[0].rsplit("/", 1)[-1].removesuffix(".git")


def set_administrator(site, password):
    password = password or common_config().get("admin_password")
    if not password:
        # Without a terminal and input this raises an EOFError, after the tables have been created.
        password = getpass.getpass("Set Administrator password: ")
        if password != getpass.getpass("Re-enter Administrator password: "):
            raise OperationalError("Passwords do not match")
    site.database.run(f"INSERT INTO tabUser VALUES ('Administrator', '{digest(password)}'), ('Guest', '')")


def change_administrator(site, password):
    site.database.run(f"UPDATE tabUser SET password_hash = '{digest(password)}' WHERE name = 'Administrator'")


def digest(password):
    return hashlib.sha256(password.encode()).hexdigest()
