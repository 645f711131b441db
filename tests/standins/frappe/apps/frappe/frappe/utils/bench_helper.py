"""The framework's commands: `bench` passes on the commands that it does not know.

Started in sites/, as `python -m frappe.utils.bench_helper frappe [--site S] COMMAND …`.
"""

import ast
import importlib
import json
import sys
import traceback
from pathlib import Path

import click

from frappe import background, backups, build, installer, patches
from frappe.site import Site, SiteMissing, installed_on_bench, update_config


@click.group(name="frappe")
@click.option("--site")
@click.option("--profile", is_flag=True, default=False, help="Profile")
@click.option("--verbose", is_flag=True, default=False, help="Verbose")
@click.option("--force", is_flag=True, default=False, help="Force")
@click.pass_context
def frappe(context, site, profile, verbose, force):
    del profile, verbose, force
    context.obj = site


def sites(context):
    """The sites in --site, or the default site. Without either it prints an error and exits with 1."""
    if context.obj == "all":
        names = [path.parent.name for path in Path().glob("*/site_config.json")]
    elif context.obj:
        names = [context.obj]
    elif Path("currentsite.txt").exists():
        names = [Path("currentsite.txt").read_text().strip()]
    else:
        default = json.loads(Path("common_site_config.json").read_text()).get("default_site")
        names = [default] if default else []
    if not names:
        click.secho("Please specify --site sitename", fg="yellow")
        sys.exit(1)
    try:
        return [Site.open(name) for name in names]
    except SiteMissing as error:
        print(f"Site {error} does not exist!")
        sys.exit(1)


@frappe.command("new-site")
@click.argument("site")
@click.option("--db-name", help="Database name")
@click.option("--db-password", help="Database password")
@click.option("--db-type", default="mariadb", type=click.Choice(["mariadb", "postgres"]))
@click.option("--db-host", help="Database Host")
@click.option("--db-port", type=int, help="Database Port")
@click.option("--db-root-username", "--mariadb-root-username", help='Root username, Default is "root"')
@click.option("--db-root-password", "--mariadb-root-password", help="Root password")
@click.option("--db-socket", "--mariadb-db-socket", envvar="MYSQL_UNIX_PORT")
@click.option("--no-mariadb-socket", is_flag=True, default=False, help="DEPRECATED")
@click.option("--mariadb-user-host-login-scope", help="Host the site's database user may log in from")
@click.option("--admin-password", default=None, help="Administrator password for new site")
@click.option("--verbose", is_flag=True, default=False)
@click.option("--force", is_flag=True, default=False, help="Force restore if site/database already exists")
@click.option("--source-sql", "--source_sql")
@click.option("--install-app", multiple=True, help="Install app after installation")
@click.option("--set-default", is_flag=True, default=False, help="Set the new site as default site")
@click.option("--setup-db/--no-setup-db", default=True)
@click.option("--db-user")
def new_site(site, no_mariadb_socket, mariadb_user_host_login_scope, set_default, install_app, **options):
    "Create a new site"
    if site in installed_on_bench():
        click.secho(f"Your bench has an app called {site}, please choose another name for the site.", fg="red")
        sys.exit(1)
    if no_mariadb_socket:
        click.secho("--no-mariadb-socket is DEPRECATED; use --mariadb-user-host-login-scope='%'", fg="yellow")
        mariadb_user_host_login_scope = "%"
    try:
        installer.new_site(site, scope=mariadb_user_host_login_scope, install_apps=install_app, **options)
        if set_default:
            Path("currentsite.txt").write_text(site)
    except Exception:
        traceback.print_exc()
        if sys.__stdin__.isatty():
            click.confirm("Site creation failed, do you want to rollback the site?", abort=True)
        sys.exit(1)


@frappe.command("install-app")
@click.argument("apps", nargs=-1)
@click.option("--force", is_flag=True, default=False)
@click.pass_context
def install_app(context, apps, force):
    "Install a new app to site, supports multiple apps"
    failed = False
    for site in sites(context):
        for app in apps:
            try:
                installer.install_app(site, app, force)
            except Exception as error:
                print(f"An error occurred while installing {app}: {error}\n{traceback.format_exc()}")
                failed = True
    sys.exit(1 if failed else 0)


@frappe.command("uninstall-app")
@click.argument("app")
@click.option("--yes", "-y", is_flag=True, default=False, help="To bypass confirmation prompt for uninstalling the app")
@click.option("--dry-run", is_flag=True, default=False, help="List all doctypes that will be deleted")
@click.option("--no-backup", is_flag=True, default=False, help="Do not backup the site")
@click.option("--force", is_flag=True, default=False, help="Force remove app from site")
@click.pass_context
def uninstall_app(context, app, yes, dry_run, no_backup, force):
    "Remove app and linked modules from site"
    for site in sites(context):
        installer.remove_app(site, app, dry_run, yes, no_backup, force)


@frappe.command("list-apps")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def list_apps(context, form):
    "List apps in site."
    summary = {site.name: site.installed_apps() for site in sites(context)}
    if form == "json":
        print(json.dumps(summary))
        return
    bench = installed_on_bench()
    for apps in summary.values():
        width = max(map(len, apps))
        print("\n".join(f"{app:{width}} {bench.get(app, '0.0.1')} UNVERSIONED" for app in apps))


@frappe.command("migrate")
@click.option("--skip-failing", is_flag=True)
@click.option("--skip-search-index", is_flag=True)
@click.pass_context
def migrate(context, skip_failing, skip_search_index):
    "Run patches, sync schema and rebuild files/translations"
    del skip_failing, skip_search_index
    for site in sites(context):
        click.secho(f"Migrating {site.name}", fg="green")
        for service in ("redis_cache", "redis_queue"):
            if not background.redis_answers(service):
                print(f"Service {service} is not running.")
                print("Cannot run bench migrate without the services running.")
                sys.exit(1)
        patches.run(site)
        for app in site.installed_apps():
            print(f"Updating DocTypes for {app:20}: [{'=' * 40}] 100%")
        site.database.run(f"UPDATE tabDefaultValue SET defvalue = '{site.versions()}' WHERE defkey = 'versions'")
        site.record_versions()


@frappe.command("enable-scheduler")
@click.pass_context
def enable_scheduler(context):
    "Enable scheduler"
    for site in sites(context):
        site.set_scheduler(True)
        print("Enabled for", site.name)


@frappe.command("disable-scheduler")
@click.pass_context
def disable_scheduler(context):
    "Disable scheduler"
    for site in sites(context):
        site.set_scheduler(False)
        print("Disabled for", site.name)


@frappe.command("scheduler")
@click.argument("state", type=click.Choice(["pause", "resume", "disable", "enable", "status"]))
@click.pass_context
def scheduler(context, state):
    "Control scheduler state"
    for site in sites(context):
        path = site.path / "site_config.json"
        if state in ("pause", "resume"):
            update_config(path, "pause_scheduler", "true" if state == "pause" else "None")
        elif state in ("disable", "enable"):
            site.set_scheduler(state == "enable")
        config = json.loads(path.read_text())
        stopped = config.get("pause_scheduler") or config.get("maintenance_mode")
        print(f"Scheduler is {'disabled' if stopped else 'enabled'} for site {site.name}")


@frappe.command("set-admin-password")
@click.argument("admin-password", required=False)
@click.option("--logout-all-sessions", help="Log out from all sessions", is_flag=True, default=False)
@click.pass_context
def set_admin_password(context, admin_password, logout_all_sessions):
    "Set Administrator password for a site"
    del logout_all_sessions
    for site in sites(context):
        installer.change_administrator(site, admin_password)


@frappe.command("set-maintenance-mode")
@click.argument("state", type=click.Choice(["on", "off"]))
@click.pass_context
def set_maintenance_mode(context, state):
    for site in sites(context):
        update_config(site.path / "site_config.json", "maintenance_mode", int(state == "on"))


@frappe.command("ready-for-migration")
@click.pass_context
def ready_for_migration(context):
    pending = [site.name for site in sites(context) if background.has_pending_jobs(site.name)]
    for name in pending:
        print(f"NOT READY for migration: site {name} has pending background jobs")
    if pending:
        sys.exit(1)
    for site in sites(context):
        print(f"READY for migration: site {site.name} does not have any background jobs")


@frappe.command("backup")
@click.option("--with-files", is_flag=True, default=False, help="Take backup with files")
@click.option("--backup-path", help="Set path for saving all the files in this operation")
@click.option("--compress", is_flag=True, default=False, help="Compress private and public files")
@click.option("--verbose", is_flag=True, default=False)
@click.pass_context
def backup(context, with_files, backup_path, compress, verbose):
    "Backup"
    del verbose
    for site in sites(context):
        backups.backup(site, with_files, backup_path, compress)


@frappe.command("set-config")
@click.argument("key")
@click.argument("value")
@click.option("-g", "--global", "is_global", is_flag=True, default=False, help="Set value in bench config")
@click.option("-p", "--parse", is_flag=True, default=False, help="Evaluate as Python Object")
@click.option("--as-dict", is_flag=True, default=False)
@click.pass_context
def set_config(context, key, value, is_global, parse, as_dict):
    "Insert/Update a value in site_config.json"
    value = ast.literal_eval(value) if parse or as_dict else value
    if is_global:
        update_config(Path("common_site_config.json"), key, value)
        return
    for site in sites(context):
        update_config(site.path / "site_config.json", key, value)


@frappe.command("execute")
@click.argument("method")
@click.option("--args")
@click.option("--kwargs")
@click.pass_context
def execute(context, method, args, kwargs):
    "Execute a function"
    framework = importlib.import_module("frappe")
    for site in sites(context):
        framework.init(site.name)
        answer = framework.get_attr(method)(*ast.literal_eval(args or "()"), **ast.literal_eval(kwargs or "{}"))
        if answer:
            print(json.dumps(answer))


@frappe.command("use")
@click.argument("site")
def use(site):
    "Set a default site"
    if not Path(site).exists():
        print(f"Site {site} does not exist")
        sys.exit(1)
    Path("currentsite.txt").write_text(site)
    print(f"Current Site set to {site}")


@frappe.command("clear-cache")
@click.pass_context
def clear_cache(context):
    sites(context)


@frappe.command("version")
def version():
    "Show the versions of all the installed apps."
    for app, number in installed_on_bench().items():
        print(app, number)


@frappe.command("build")
@click.option("--app", help="Build assets for app")
@click.option("--apps", help="Build assets for specific apps")
@click.option("--hard-link", is_flag=True, default=False)
@click.option("--make-copy", is_flag=True, default=False)
@click.option("--restore", is_flag=True, default=False)
@click.option("--verbose", is_flag=True, default=False)
@click.option("--force", is_flag=True, default=False)
@click.option("--production", is_flag=True, default=False)
@click.option("--save-metafiles", is_flag=True, default=False)
@click.option("--using-cached", is_flag=True, default=False)
def build_assets(app, apps, hard_link, make_copy, **options):
    "Compile JS and CSS source files"
    del options
    chosen = apps.split(",") if apps else [app] if app else list(installed_on_bench())
    build.build([name.strip() for name in chosen], copy=hard_link or make_copy)


@frappe.command("worker")
@click.option("--queue", type=str)
@click.option("--quiet", is_flag=True, default=False)
@click.option("-u", "--rq-username", default=None)
@click.option("-p", "--rq-password", default=None)
@click.option("--burst", is_flag=True, default=False)
@click.option("--strategy", default=None)
def worker(queue, burst, **options):
    "Start a background worker"
    del options
    background.work((queue or "short,default,long").split(","), burst)


@frappe.command("schedule")
def schedule():
    "Start scheduler process"
    background.schedule()


if __name__ == "__main__":
    sys.argv.pop(1)  # the group's name
    frappe(prog_name="bench")
