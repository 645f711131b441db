job "erp-two-init" {
  namespace = "default"
  type = "batch"
  datacenters = ["dc1"]
  node_pool = "default"
  meta {
    installer = "erp-installer"
  }
  constraint {
    attribute = "${node.unique.id}"
    value = "9c9f81ac-5b56-5dd4-bffd-b42f232edd4e"
  }
  constraint {
    attribute = "${attr.driver.docker.volumes.enabled}"
    value = "true"
  }
  group "site" {
    count = 1
    meta {
      run = "1"
    }
    restart {
      attempts = 0
      interval = "60s"
      delay = "1s"
      mode = "fail"
    }
    reschedule {
      attempts = 0
      unlimited = false
    }
    task "configurator" {
      driver = "docker"
      lifecycle {
        hook = "prestart"
        sidecar = false
      }
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        command = "bash"
        args = ["/local/configurator.sh"]
        init = true
        image_pull_timeout = "15m"
        network_mode = "erp-two"
        dns_options = ["ndots:0"]
        mount {
          type = "volume"
          source = "erp-two-sites"
          target = "/home/frappe/frappe-bench/sites"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
        mount {
          type = "volume"
          source = "erp-two-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      env {
        APPS = "erpnext hrms crm"
        FRAPPE_REDIS_CACHE = "redis://redis-cache:6379/435"
        HOST_NAME = "https://erp.example.com:8443"
        REVISION = "affbb29455b3"
        SITE = "erp.example.com"
      }
      template {
        data = <<EOT
#!/usr/bin/env bash
# Writes the bench's configuration into the sites volume: the apps of the image and the addresses of database and Redis.
# It runs before create-site in every run of the init job and can be repeated at any time.
set -euo pipefail
# Nomad may remove the log as soon as the container ends. The installer needs a moment to read the last lines.
trap 'status=$?; ((status == 0)) || sleep "$${LAST_WORDS_SECONDS:-2}"' EXIT

cd "$${BENCH:-/home/frappe/frappe-bench}"

scripts=$(dirname "$0")
markers=sites/$${SITE:-}/.installer
revision=$${REVISION:-}

# Succeeds when the site exists and this image and the answers change its database. Prints the reason.
change() {
  local app
  # Without these markers no application has served this site yet.
  [[ -n $${SITE:-} && -e $markers/created && -e $markers/complete ]] || return 1
  for app in $${APPS:-}; do
    [[ -e $markers/app-$app.done ]] || { echo "$app must be installed"; return; }
  done
  [[ ! -e $markers/changing ]] || { echo 'an earlier change did not finish'; return; }
  [[ $(cat "$markers/schema" 2>/dev/null) == "$(python3 "$scripts/image.py" schema)" ]] ||
    { echo 'this image has different tables or patches'; return; }
  return 1
}

# A restore replaced a part of the site. Only the same restore can finish that.
if [[ -n $${SITE:-} && -e $markers/restoring ]]; then
  echo "configurator: a restore of $SITE did not finish" >&2
  id=$(cat "$markers/restoring")
  [[ $id =~ ^[0-9a-f]+$ ]] || id='with the same files'
  echo "configurator: hint: finish it: erp-installer restore $id" >&2
  exit 1
fi

# The site has an app that the answers no longer name. With an image without that app the site would not start, so this
# is refused before anything is written; the running containers keep their image.
if [[ -n $${SITE:-} && -e $markers/created ]]; then
  for marker in "$markers"/app-*.done "$markers"/app-*.begun; do
    [[ -e $marker ]] || continue
    app=$${marker##*/app-}
    app=$${app%.*}
    [[ " $${APPS:-} " == *" $app "* ]] && continue
    echo "configurator: the site $SITE has the app $app, and the answers no longer name it" >&2
    echo "configurator: hint: remove it with its data: erp-installer apps remove $app; or put it back into apps.install" >&2
    exit 1
  done
  # A newer image changed a part of the database. An older image does not know the new tables.
  if [[ -e $markers/changing && -n $revision && $(cat "$markers/revision" 2>/dev/null) == "$revision" ]]; then
    echo "configurator: a newer image began to change the database of $SITE: this older image cannot serve it" >&2
    echo 'configurator: hint: use the newer apps again and run install, or restore a backup from before the update' >&2
    exit 1
  fi
fi

# This takes longest, so it happens while the site still serves.
if [[ -n $revision && -e sites/assets ]]; then
  python3 "$scripts/image.py" publish "$revision"
fi

# Whether an update, a restore or a change under way keeps the site's visitors away.
is_closed() {
  [[ -e $markers/held || -e $markers/maintenance || -e $markers/changing ]]
}

# The running containers have the previous image. They must stop while the database changes: they would answer with
# errors and fill the caches with names of the old image. On exit code 75 the installer closes the site, stops them,
# makes the backup and runs this job again. After a removal that kept the data there are no containers, but the backup
# is still to be made.
if why=$(change) && [[ -n $revision ]] &&
  { [[ $${NOMAD_META_APPLICATION_STOPPED:-} != "$revision" ]] || ! is_closed; }; then
  echo "configurator: the database of $SITE changes ($why): the application must stop first" >&2
  exit 75
fi

# Running containers read both files at each request, so each file is replaced in one step, and only when it differs.
replace() {
  sync "$1.new"
  if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}

# At every start, because the image may be newer than the list in the volume.
ls -1 apps >sites/apps.txt.new
replace sites/apps.txt

# An interrupted write may have left an incomplete file, with which bench would not start.
config=sites/common_site_config.json
if ! python3 -c 'import json, sys; json.load(open(sys.argv[1])).keys()' "$config" 2>/dev/null; then
  if [[ -s $config ]]; then
    mv "$config" "$config.broken"
    echo "$config could not be read and was renamed to $config.broken"
  fi
  echo '{}' >"$config"
fi

# Not with "bench set-config", which empties the file before it writes it.
python3 - "$config" >"$config.new" <<'EOF'
import json, os, sys
with open(sys.argv[1]) as file:
    config = json.load(file)
config["db_host"] = os.environ.get("DB_HOST") or "db"
config["db_port"] = int(os.environ.get("DB_PORT") or 3306)
config["socketio_port"] = int(os.environ.get("SOCKETIO_PORT") or 9000)
for name in ("redis_cache", "redis_queue", "redis_socketio"):
    default = name.replace("_", "-") + ":6379"
    config[name] = "redis://" + (os.environ.get(name.upper()) or default)
print(json.dumps(config, indent=1, sort_keys=True))
EOF
replace "$config"
echo "configured: $(wc -l <sites/apps.txt) apps"
EOT
        destination = "local/configurator.sh"
        perms = "0500"
        uid = 1000
        gid = 1000
        change_mode = "noop"
      }
      template {
        data = <<EOT
"""Compares an image of ERPNext with the site, and publishes its assets.

image.py schema            prints the fingerprint of everything in the image that `bench migrate` reads
image.py publish REVISION  copies the image's assets into the sites volume, as sites/.assets/REVISION
image.py switch REVISION   makes these the current assets; the previous ones stay for pages that are still open

The frontend serves the current assets, then the previous ones. A page that was loaded before an update still names the
old files, so they must stay available.
"""

import filecmp
import hashlib
import os
import shutil
import sys
from pathlib import Path

BENCH = Path(os.environ.get("BENCH", "/home/frappe/frappe-bench"))
PUBLISHED = BENCH / "sites/.assets"

# The frontend's own image already has these packages: hundreds of megabytes that no update of an app changes.
IN_THE_BASE_IMAGE = {"frappe/node_modules", "erpnext/node_modules"}

# Frappe reads these when it renders a page; migrate does not.
NOT_IN_DATABASE = {"public", "node_modules", "www", "templates", "locale", "translations", "tests", "__pycache__"}
NOT_IN_DATABASE_FILES = {
    ".py", ".pyc", ".js", ".ts", ".vue", ".css", ".scss", ".less", ".map", ".svg", ".png", ".jpg", ".gif", ".md", ".po"
}

# Code that migrate runs. Other Python code takes effect without a migration.
RUN_BY_MIGRATE = {"patches", "setup", "database", "migrate.py", "install.py", "installer.py", "hooks.py", "sync.py"}


def is_read_by_migrate(path):
    """The path is relative to the app's package."""
    if path.suffix == ".py":
        return not RUN_BY_MIGRATE.isdisjoint(path.parts) or path.parts == ("__init__.py",)
    return path.suffix not in NOT_IN_DATABASE_FILES


def schema():
    """Two images with the same fingerprint need no migration between them."""
    found = hashlib.sha256()
    for app in sorted(os.listdir(BENCH / "apps")):
        package = BENCH / "apps" / app / app
        found.update(f"app {app}\n".encode())
        for directory, directories, files in os.walk(package):
            directories[:] = sorted(set(directories) - NOT_IN_DATABASE)
            for name in sorted(files):
                path = Path(directory, name).relative_to(package)
                # An app's version alone changes no table. The versions of Frappe and ERPNext stand for a release.
                if path.name == "__init__.py" and app not in ("frappe", "erpnext"):
                    continue
                if is_read_by_migrate(path):
                    content = hashlib.sha256((package / path).read_bytes()).hexdigest()
                    found.update(f"{app}/{path} {content}\n".encode())
    return found.hexdigest()


def assets(directory, below=()):
    """Every file that a page may name, with its path below assets/. Follows links, but no directory into itself."""
    for entry in sorted(os.scandir(directory), key=lambda e: e.name):
        path = os.path.relpath(entry.path, BENCH / "sites/assets")
        real = os.path.realpath(entry.path)
        if path in IN_THE_BASE_IMAGE or entry.name.endswith(".map") or real in below or not os.path.exists(real):
            continue
        if os.path.isdir(real):
            yield from assets(entry.path, (*below, real))
        else:
            yield path, Path(entry.path)


def copy(source, target, before):
    """Links a file that did not change, so it takes no extra space."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if before.is_file() and filecmp.cmp(source, before, shallow=False):
        os.link(before, target)
    else:
        shutil.copy2(source, target)


def publish(revision):
    target, partial = PUBLISHED / revision, PUBLISHED / f"{revision}.partial"
    if target.exists():
        return
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    number = 0
    for path, source in assets(BENCH / "sites/assets"):
        copy(source, partial / "assets" / path, PUBLISHED / "current/assets" / path)
        number += 1
    os.sync()
    partial.rename(target)
    print(f"published {number} assets")


def link(name, revision):
    """Points sites/.assets/NAME at a revision, in one step: nginx finds either the old or the new one."""
    made = PUBLISHED / f"{name}.new"
    made.unlink(missing_ok=True)
    made.symlink_to(revision)
    made.rename(PUBLISHED / name)


def switch(revision):
    current = PUBLISHED / "current"
    before = os.readlink(current) if current.is_symlink() else None
    if before != revision:
        if before:
            link("previous", before)
        link("current", revision)
    kept = {os.path.realpath(PUBLISHED / name) for name in ("current", "previous")}
    for directory in PUBLISHED.iterdir():
        if not directory.is_symlink() and str(directory.resolve()) not in kept:
            shutil.rmtree(directory)


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "schema":
        print(schema())
    else:
        {"publish": publish, "switch": switch}[command](*arguments)
EOT
        destination = "local/image.py"
        perms = "0500"
        uid = 1000
        gid = 1000
        change_mode = "noop"
      }
      resources {
        cpu = 1300
        memory = 1024
      }
      kill_timeout = "30s"
      logs {
        max_files = 5
        max_file_size = 10
      }
    }
    task "create-site" {
      driver = "docker"
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        command = "bash"
        args = ["/local/create-site.sh"]
        init = true
        image_pull_timeout = "15m"
        network_mode = "erp-two"
        dns_options = ["ndots:0"]
        mount {
          type = "volume"
          source = "erp-two-sites"
          target = "/home/frappe/frappe-bench/sites"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
        mount {
          type = "volume"
          source = "erp-two-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      env {
        APPS = "erpnext hrms crm"
        FRAPPE_REDIS_CACHE = "redis://redis-cache:6379/435"
        HOST_NAME = "https://erp.example.com:8443"
        REVISION = "affbb29455b3"
        SITE = "erp.example.com"
      }
      template {
        data = <<EOT
#!/usr/bin/env bash
# Creates the site SITE and installs APPS, in order. It can be interrupted anywhere and run again: markers in the sites
# volume, written after each successful command, record the progress.
#
# While the marker "maintenance" exists, nginx serves its maintenance page, because the database is changing. The marker
# "changing" holds the revision that changes it, until the change has succeeded.
set -euo pipefail
# Nomad may remove the log as soon as the container ends. The installer needs a moment to read the last lines.
trap 'status=$?; ((status == 0)) || sleep "$${LAST_WORDS_SECONDS:-2}"' EXIT
# A command that fails inside $(…) ends that subshell too.
shopt -s inherit_errexit

: "$${SITE:?the name of the site}" "$${APPS:?the apps to install, in order}"
secrets=$${SECRETS_DIR:-/secrets}
db_host=$${DB_HOST:-db} db_port=$${DB_PORT:-3306}
redis_cache=$${REDIS_CACHE:-redis-cache:6379} redis_queue=$${REDIS_QUEUE:-redis-queue:6379}
wait_seconds=$${WAIT_SECONDS:-300}
admin_rotation=$${ADMIN_PASSWORD_ROTATION:-0}
revision=$${REVISION:-}
scripts=$(dirname "$0")

cd "$${BENCH:-/home/frappe/frappe-bench}"
directory=sites/$SITE
markers=$directory/.installer

say() { echo "create-site: $*"; }
# Exit code 74: the application was stopped for a change, and nothing was changed. The installer starts it again.
fail() {
  say "$1" >&2
  say "hint: $2" >&2
  [[ -e $markers/complete && ! -e $markers/changing ]] && exit 74
  exit 1
}

check_password() {
  local file=$secrets/$1 value
  [[ -s $file && -r $file ]] ||
    fail "there is no password in $file" 'check that the Nomad Variable of this job has it, then run again'
  value=$(<"$file")
  [[ $value =~ ^[A-Za-z0-9]+$ ]] ||
    fail "the password in $file has characters other than letters and digits" 'bench would misread them'
}

wait_for() {
  local what=$1 host=$2 port=$3 end=$((SECONDS + wait_seconds))
  until timeout 5 bash -c "exec 3<>'/dev/tcp/$host/$port'" 2>/dev/null; do
    ((SECONDS < end)) || fail "$what at $host:$port does not answer" 'look at the containers of the data job'
    sleep 1
  done
}

# The statement goes through standard input: an argument would show in the process list.
mariadb_says() {
  printf '%s\n' "$1" | MYSQL_PWD=$root_password "$client" --no-defaults --protocol=tcp --host="$db_host" \
    --port="$db_port" --user=root --connect-timeout=10 --batch --skip-column-names
}

# After a rotation the database still has one of the earlier root passwords. The account that this script signs in with
# is changed last, so that the script can start again after an interruption.
take_over_root() {
  local new=$root_password old account accounts changes=()
  [[ -e $secrets/db_root_password_before ]] || return 1
  while read -r old || [[ $old ]]; do
    [[ $old =~ ^[A-Za-z0-9]+$ ]] || continue
    root_password=$old
    if accounts=$(mariadb_says "SELECT Host FROM mysql.user WHERE User = 'root' ORDER BY Host = '%'" 2>/dev/null); then
      for account in $accounts; do
        [[ $account =~ ^[A-Za-z0-9.:%_/-]+$ ]] && changes+=("root@'$account' IDENTIFIED BY '$new'")
      done
      mariadb_says "ALTER USER $(IFS=,; echo "$${changes[*]}")" ||
        fail 'MariaDB did not change the root password' 'read the log of the database, then run again'
      root_password=$new
      say 'MariaDB has the new root password'
      return 0
    fi
  done <"$secrets/db_root_password_before"
  root_password=$new
  return 1
}

check_root() {
  local end=$((SECONDS + wait_seconds)) said
  until said=$(mariadb_says 'SELECT 1' 2>&1); do
    if [[ $said == *'ERROR 1045'* || $said == *'ERROR 1698'* ]]; then
      if take_over_root; then return; fi
      fail 'MariaDB refuses the root password' \
        'the volume of the database keeps the password that it was created with: put that one into the Nomad Variable'
    fi
    [[ $said != *'ERROR 1130'* ]] || fail 'MariaDB accepts root from its own container only' \
      "in that container: GRANT ALL ON *.* TO root@'%' IDENTIFIED BY the password, WITH GRANT OPTION"
    ((SECONDS < end)) || fail "MariaDB does not answer: $said" 'read the log of the database'
    sleep 1
  done
}

# A failed count must not look like zero: then new-site would drop a database.
count() {
  local said
  said=$(mariadb_says "SELECT COUNT(*) FROM information_schema.$1" 2>&1) ||
    fail "MariaDB does not answer: $said" 'read the log of the database, then run again'
  echo "$said"
}

# The number of users who ever signed in. No application served an unfinished site, unless a person started one by hand.
signed_in() {
  local said
  local column="table_name = 'tabUser' AND column_name = 'last_login'"
  if [[ $(count "columns WHERE table_schema = '$1' AND $column") == 0 ]]; then
    echo 0
    return
  fi
  said=$(mariadb_says "SELECT COUNT(*) FROM \`$1\`.tabUser WHERE last_login IS NOT NULL" 2>&1) ||
    fail "MariaDB does not answer: $said" 'read the log of the database, then run again'
  echo "$said"
}

# The name in the site's configuration, or otherwise the one that new-site would choose (frappe/installer.py).
database_of_site() {
  local name
  name=$(
    python3 - "$directory" <<'EOF'
import hashlib, json, os, sys
try:
    with open(os.path.join(sys.argv[1], "site_config.json")) as file:
        print(json.load(file)["db_name"])
except (OSError, ValueError, KeyError, TypeError):
    print("_" + hashlib.sha1(os.path.realpath(sys.argv[1]).encode()).hexdigest()[:16])
EOF
  )
  [[ $name =~ ^[A-Za-z0-9_]+$ ]] ||
    fail "the name of the database of $SITE is not valid" "correct db_name in $directory/site_config.json"
  echo "$name"
}

# Prints absent, created, half (the installer began and never finished it), used (the same, but a user signed in), lost
# (only its database exists) or foreign (not made by the installer); then whether its database has users: 0 or 1.
state_of_site() {
  local database users
  database=$(database_of_site)
  users=$(count "tables WHERE table_schema = '$database' AND table_name = 'tabUser'")
  if [[ -e $markers/created ]]; then
    echo "created $users"
  elif [[ -e $directory && ! -e sites/.installer-begun-$SITE ]]; then
    echo "foreign $users"
  elif [[ -e $directory && $users != 0 && $(signed_in "$database") != 0 ]]; then
    echo "used $users"
  elif [[ -e $directory ]]; then
    echo "half $users"
  elif [[ $(count "schemata WHERE schema_name = '$database'") != 0 ]]; then
    echo "lost $users"
  else
    echo "absent $users"
  fi
}

# bench takes passwords only as arguments, which every user of the host can read in the process list. So this calls
# bench's own entry point and replaces @NAME by the secret of that name inside the process.
bench_with_secrets() (
  cd sites
  SECRETS_DIR=$secrets ../env/bin/python -u -c '
import os, runpy, sys
def told(word):
    head, mark, name = word.partition("@")
    if not mark:
        return word
    with open(os.path.join(os.environ["SECRETS_DIR"], name)) as file:
        return head + file.read().strip()
sys.argv[1:] = ["frappe", *map(told, sys.argv[1:])]
runpy.run_module("frappe.utils.bench_helper", run_name="__main__", alter_sys=True)
' "$@"
)

new_site() {
  # Outside the site's directory: new-site refuses a directory that exists.
  touch "sites/.installer-begun-$SITE"
  bench_with_secrets new-site "$SITE" --mariadb-user-host-login-scope='%' --db-root-username=root \
    --install-app erpnext --set-default --db-root-password=@db_root_password \
    --admin-password=@admin_password "$@" </dev/null
  mkdir -p "$markers"
  [[ $admin_rotation == 0 ]] || touch "$markers/admin-password-$admin_rotation.done"
  touch "$markers/app-erpnext.done" "$markers/created"
  rm -f "sites/.installer-begun-$SITE"
}

# The cache still describes the previous image: the modules of its apps and the names of its assets.
empty_cache() {
  [[ -n $${FRAPPE_REDIS_CACHE:-} ]] || return 0
  env/bin/python -c 'import os, redis; redis.Redis.from_url(os.environ["FRAPPE_REDIS_CACHE"]).flushdb()'
}

begin_change() {
  touch "$markers/maintenance"
  echo "$revision" >"$markers/changing"
  sync "$markers/maintenance" "$markers/changing"
}

# The revision is written after "changing" is removed: both together mean that a newer image began a change, and this
# one must not continue.
end_change() {
  echo "$schema" >"$markers/schema"
  rm -f "$markers/changing"
}

install_apps() {
  local app number=0 all
  all=$(wc -w <<<"$APPS")
  for app in $APPS; do
    ((++number))
    if [[ -e $markers/app-$app.done ]]; then
      # Left by a run that ended between writing .done and removing .begun.
      rm -f "$markers/app-$app.begun"
      continue
    fi
    say "installing $app ($number of $all)"
    empty_cache
    # After an interruption the app looks installed, or left modules that break a second installation: --force installs
    # it again completely.
    if [[ -e $markers/app-$app.begun ]]; then
      bench --site "$SITE" install-app --force "$app" </dev/null
    else
      touch "$markers/app-$app.begun"
      bench --site "$SITE" install-app "$app" </dev/null
    fi
    touch "$markers/app-$app.done"
    rm -f "$markers/app-$app.begun"
  done
}

has_missing_app() {
  local app
  for app in $APPS; do
    [[ -e $markers/app-$app.done ]] || return 0
  done
  return 1
}

# Once per rotation: a password that was changed in the site since is kept.
rotate_admin_password() {
  local marker=$markers/admin-password-$admin_rotation.done
  [[ $admin_rotation != 0 && ! -e $marker ]] || return 0
  bench_with_secrets --site "$SITE" set-admin-password @admin_password --logout-all-sessions </dev/null
  touch "$marker"
  say 'Administrator has the new password'
}

# A mail server that does not answer or refuses is a warning: the site works without it.
set_up_mail() {
  [[ $${MAIL_SERVER:-} ]] || return 0
  (cd sites && ../env/bin/python -u "$${MAIL_SCRIPT:-/local/mail.py}" </dev/null 2>"/tmp/mail.err") || {
    tail -n 5 /tmp/mail.err >&2
    echo "mail: warning: the email account was not set up: $(tail -n 1 /tmp/mail.err | tr -d '\r')"
  }
}

client=$(command -v mariadb || command -v mysql) ||
  fail 'the image has no MariaDB client' 'use an image that is made from frappe/erpnext'
check_password db_root_password
check_password admin_password
root_password=$(<"$secrets/db_root_password")

wait_for MariaDB "$db_host" "$db_port"
wait_for 'Redis (cache)' "$${redis_cache%:*}" "$${redis_cache##*:}"
wait_for 'Redis (queue)' "$${redis_queue%:*}" "$${redis_queue##*:}"
check_root

# In two steps, because a failure inside the input of read would not end the script.
found=$(state_of_site)
read -r state users <<<"$found"
say "site $SITE: $state"
case $state in
  absent) new_site ;;
  half)
    say "creating $SITE was interrupted before any application served it: starting again"
    # bench would fail on an incomplete file.
    python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$directory/site_config.json" 2>/dev/null ||
      rm -f "$directory/site_config.json"
    new_site --force
    ;;
  used)
    fail "creating the site $SITE was interrupted, and a user signed in since" \
      "to keep it, touch $markers/created; or drop it by hand if nothing in it matters"
    ;;
  lost)
    fail "the site $SITE has a database but no files" \
      "restore the volume of the sites, or drop the database $(database_of_site) if nothing in it matters"
    ;;
  foreign)
    fail "the site $SITE exists and was not made by this installer" \
      'choose another site.name, or another nomad.job, which has its own volumes'
    ;;
  created)
    [[ $users != 0 ]] ||
      fail "the site $SITE has files but no database" 'restore the database from a backup; nothing was changed'
    ;;
esac

# Links in mails and pictures in PDFs need it: background jobs have no request to take the address from.
# Written only when it differs: bench empties the file before it writes it, and running containers read it.
host_name=$(
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1])).get("host_name", ""))' "$directory/site_config.json"
)
if [[ $${HOST_NAME:-} && $host_name != "$HOST_NAME" ]]; then
  bench --site "$SITE" set-config host_name "$HOST_NAME" </dev/null
fi
schema=$(python3 "$scripts/image.py" schema)
if [[ ! -e $markers/complete || -e $markers/changing || $(cat "$markers/schema" 2>/dev/null) != "$schema" ]] ||
  has_missing_app; then
  begin_change
  empty_cache
  install_apps
  say migrating
  bench --site "$SITE" migrate </dev/null
  # Once: an operator may have stopped the scheduler on purpose since.
  [[ -e $markers/complete ]] || bench --site "$SITE" enable-scheduler </dev/null
  touch "$markers/complete"
  end_change
fi
if [[ $(cat "$markers/revision" 2>/dev/null) != "$revision" ]]; then
  empty_cache
  echo "$revision" >"$markers/revision"
fi
rotate_admin_password
set_up_mail
if [[ -n $revision && -e sites/.assets/$revision ]]; then
  python3 "$scripts/image.py" switch "$revision"
fi
# A site that was closed for an update stays closed until the installer has verified it; see update.py.
[[ -e $markers/held ]] || rm -f "$markers/maintenance"
say "done: $SITE has $APPS"
EOT
        destination = "local/create-site.sh"
        perms = "0500"
        uid = 1000
        gid = 1000
        change_mode = "noop"
      }
      template {
        data = <<EOT
"""Compares an image of ERPNext with the site, and publishes its assets.

image.py schema            prints the fingerprint of everything in the image that `bench migrate` reads
image.py publish REVISION  copies the image's assets into the sites volume, as sites/.assets/REVISION
image.py switch REVISION   makes these the current assets; the previous ones stay for pages that are still open

The frontend serves the current assets, then the previous ones. A page that was loaded before an update still names the
old files, so they must stay available.
"""

import filecmp
import hashlib
import os
import shutil
import sys
from pathlib import Path

BENCH = Path(os.environ.get("BENCH", "/home/frappe/frappe-bench"))
PUBLISHED = BENCH / "sites/.assets"

# The frontend's own image already has these packages: hundreds of megabytes that no update of an app changes.
IN_THE_BASE_IMAGE = {"frappe/node_modules", "erpnext/node_modules"}

# Frappe reads these when it renders a page; migrate does not.
NOT_IN_DATABASE = {"public", "node_modules", "www", "templates", "locale", "translations", "tests", "__pycache__"}
NOT_IN_DATABASE_FILES = {
    ".py", ".pyc", ".js", ".ts", ".vue", ".css", ".scss", ".less", ".map", ".svg", ".png", ".jpg", ".gif", ".md", ".po"
}

# Code that migrate runs. Other Python code takes effect without a migration.
RUN_BY_MIGRATE = {"patches", "setup", "database", "migrate.py", "install.py", "installer.py", "hooks.py", "sync.py"}


def is_read_by_migrate(path):
    """The path is relative to the app's package."""
    if path.suffix == ".py":
        return not RUN_BY_MIGRATE.isdisjoint(path.parts) or path.parts == ("__init__.py",)
    return path.suffix not in NOT_IN_DATABASE_FILES


def schema():
    """Two images with the same fingerprint need no migration between them."""
    found = hashlib.sha256()
    for app in sorted(os.listdir(BENCH / "apps")):
        package = BENCH / "apps" / app / app
        found.update(f"app {app}\n".encode())
        for directory, directories, files in os.walk(package):
            directories[:] = sorted(set(directories) - NOT_IN_DATABASE)
            for name in sorted(files):
                path = Path(directory, name).relative_to(package)
                # An app's version alone changes no table. The versions of Frappe and ERPNext stand for a release.
                if path.name == "__init__.py" and app not in ("frappe", "erpnext"):
                    continue
                if is_read_by_migrate(path):
                    content = hashlib.sha256((package / path).read_bytes()).hexdigest()
                    found.update(f"{app}/{path} {content}\n".encode())
    return found.hexdigest()


def assets(directory, below=()):
    """Every file that a page may name, with its path below assets/. Follows links, but no directory into itself."""
    for entry in sorted(os.scandir(directory), key=lambda e: e.name):
        path = os.path.relpath(entry.path, BENCH / "sites/assets")
        real = os.path.realpath(entry.path)
        if path in IN_THE_BASE_IMAGE or entry.name.endswith(".map") or real in below or not os.path.exists(real):
            continue
        if os.path.isdir(real):
            yield from assets(entry.path, (*below, real))
        else:
            yield path, Path(entry.path)


def copy(source, target, before):
    """Links a file that did not change, so it takes no extra space."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if before.is_file() and filecmp.cmp(source, before, shallow=False):
        os.link(before, target)
    else:
        shutil.copy2(source, target)


def publish(revision):
    target, partial = PUBLISHED / revision, PUBLISHED / f"{revision}.partial"
    if target.exists():
        return
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    number = 0
    for path, source in assets(BENCH / "sites/assets"):
        copy(source, partial / "assets" / path, PUBLISHED / "current/assets" / path)
        number += 1
    os.sync()
    partial.rename(target)
    print(f"published {number} assets")


def link(name, revision):
    """Points sites/.assets/NAME at a revision, in one step: nginx finds either the old or the new one."""
    made = PUBLISHED / f"{name}.new"
    made.unlink(missing_ok=True)
    made.symlink_to(revision)
    made.rename(PUBLISHED / name)


def switch(revision):
    current = PUBLISHED / "current"
    before = os.readlink(current) if current.is_symlink() else None
    if before != revision:
        if before:
            link("previous", before)
        link("current", revision)
    kept = {os.path.realpath(PUBLISHED / name) for name in ("current", "previous")}
    for directory in PUBLISHED.iterdir():
        if not directory.is_symlink() and str(directory.resolve()) not in kept:
            shutil.rmtree(directory)


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "schema":
        print(schema())
    else:
        {"publish": publish, "switch": switch}[command](*arguments)
EOT
        destination = "local/image.py"
        perms = "0500"
        uid = 1000
        gid = 1000
        change_mode = "noop"
      }
      template {
        data = "{{with nomadVar \"nomad/jobs/erp-two-init\"}}{{.db_root_password}}{{end}}"
        destination = "secrets/db_root_password"
        perms = "0400"
        uid = 1000
        gid = 1000
        change_mode = "noop"
      }
      template {
        data = "{{with nomadVar \"nomad/jobs/erp-two-init\"}}{{.admin_password}}{{end}}"
        destination = "secrets/admin_password"
        perms = "0400"
        uid = 1000
        gid = 1000
        change_mode = "noop"
      }
      resources {
        cpu = 1300
        memory = 1024
      }
      kill_timeout = "30s"
      logs {
        max_files = 5
        max_file_size = 10
      }
    }
  }
}
