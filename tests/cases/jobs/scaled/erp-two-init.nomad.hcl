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
      interval = "300s"
      delay = "15s"
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
        SITE = "erp.example.com"
      }
      template {
        data = <<EOT
#!/usr/bin/env bash
# Writes the bench's configuration into the sites volume: which apps the image has, where database and Redis are.
# Runs before create-site, at every run of the init job; it can be repeated at any time.
set -euo pipefail

cd "$${BENCH:-/home/frappe/frappe-bench}"

# Every start: the list must match the image, which may be a newer one than the volume has seen.
ls -1 apps >sites/apps.txt

# An interrupted write may have left half a file: bench would refuse to start with it.
if ! python3 -c 'import json, sys; json.load(open(sys.argv[1]))' sites/common_site_config.json 2>/dev/null; then
  echo '{}' >sites/common_site_config.json
fi

bench set-config -g db_host "$${DB_HOST:-db}"
bench set-config -gp db_port "$${DB_PORT:-3306}"
bench set-config -g redis_cache "redis://$${REDIS_CACHE:-redis-cache:6379}"
bench set-config -g redis_queue "redis://$${REDIS_QUEUE:-redis-queue:6379}"
bench set-config -g redis_socketio "redis://$${REDIS_SOCKETIO:-redis-socketio:6379}"
bench set-config -gp socketio_port "$${SOCKETIO_PORT:-9000}"
echo "configured: $(wc -l <sites/apps.txt) apps"
EOT
        destination = "local/configurator.sh"
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
        SITE = "erp.example.com"
      }
      template {
        data = <<EOT
#!/usr/bin/env bash
# Makes the site SITE and installs APPS, in order. It can be interrupted anywhere and run again: markers in the sites
# volume, written after each command that ended well, say how far it came.
set -euo pipefail

: "$${SITE:?the name of the site}" "$${APPS:?the apps to install, in order}"
secrets=$${SECRETS_DIR:-/secrets}
db_host=$${DB_HOST:-db} db_port=$${DB_PORT:-3306}
patience=$${PATIENCE:-300}

cd "$${BENCH:-/home/frappe/frappe-bench}"
directory=sites/$SITE
markers=$directory/.installer

say() { echo "create-site: $*"; }
fail() {
  say "$1" >&2
  say "hint: $2" >&2
  exit 1
}

# bench takes passwords as arguments only; these hold for this container alone, where nobody else looks.
root_password=$(<"$secrets/db_root_password")
admin_password=$(<"$secrets/admin_password")
for password in "$root_password" "$admin_password"; do
  [[ $password =~ ^[A-Za-z0-9]+$ ]] || fail 'a password has other characters than letters and digits' 'bench would read them as something else'
done

wait_for() {
  local what=$1 host=$2 port=$3 waited=0
  until (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null; do
    ((waited++ < patience)) || fail "$what at $host:$port does not answer" 'look at the containers of the data job'
    sleep 1
  done
}

mariadb_says() {
  MYSQL_PWD=$root_password mysql --host="$db_host" --port="$db_port" --user=root --batch --skip-column-names --execute="$1"
}

check_root() {
  local waited=0 said
  until said=$(mariadb_says 'SELECT 1' 2>&1); do
    if [[ $said == *'ERROR 1045'* ]]; then
      fail 'MariaDB refuses the root password' 'the volume of the database keeps the password it was made with: put that one into the Nomad Variable'
    fi
    ((waited++ < patience)) || fail "MariaDB does not answer: $said" 'look at the log of the database'
    sleep 1
  done
}

database_of_site() {
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1])).get("db_name", ""))' "$directory/site_config.json" 2>/dev/null || true
}

has_users() {
  local name=$1
  [[ $name =~ ^[A-Za-z0-9_]+$ ]] &&
    [[ $(mariadb_says "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '$name' AND table_name = 'tabUser'") == 1 ]]
}

# absent, created, half (begun by us, no tables yet), unfinished (begun by us, tables made) or foreign
state_of_site() {
  if [[ -e $markers/created ]]; then
    echo created
  elif [[ ! -e $directory ]]; then
    echo absent
  elif [[ -e sites/.installer-begun-$SITE ]]; then
    if has_users "$(database_of_site)"; then echo unfinished; else echo half; fi
  else
    echo foreign
  fi
}

new_site() {
  # Outside the site's directory: new-site refuses a directory that exists.
  touch "sites/.installer-begun-$SITE"
  bench new-site "$SITE" --mariadb-user-host-login-scope='%' \
    --db-root-username=root --db-root-password="$root_password" --admin-password="$admin_password" \
    --install-app erpnext --set-default "$@"
  mkdir -p "$markers"
  touch "$markers/app-erpnext.done" "$markers/created"
  rm -f "sites/.installer-begun-$SITE"
}

install_apps() {
  local app
  for app in $APPS; do
    [[ -e $markers/app-$app.done ]] && continue
    say "installing $app"
    # An interrupted installation looks installed: --force runs it again to its end.
    if bench --site "$SITE" list-apps 2>/dev/null | awk '{print $1}' | grep -qx "$app"; then
      bench --site "$SITE" install-app --force "$app"
    else
      bench --site "$SITE" install-app "$app"
    fi
    touch "$markers/app-$app.done"
  done
}

wait_for MariaDB "$db_host" "$db_port"
wait_for 'Redis (cache)' "$${REDIS_CACHE_HOST:-redis-cache}" 6379
wait_for 'Redis (queue)' "$${REDIS_QUEUE_HOST:-redis-queue}" 6379
check_root

state=$(state_of_site)
say "site $SITE: $state"
case $state in
  absent) new_site ;;
  half) new_site --force ;;
  unfinished)
    # bench would drop the database to begin anew: only who asks for that by name may do it.
    fail "making the site $SITE was interrupted after its tables were made" "if nothing in it matters, drop it and run again: bench drop-site $SITE --force --no-backup"
    ;;
  foreign) fail "there is a site $SITE that this installer did not make" 'choose another site.name, or another nomad.job, whose volumes are its own' ;;
  created)
    has_users "$(database_of_site)" || fail "the site $SITE is there, its database is not" 'restore the database from a backup; nothing was changed'
    ;;
esac

install_apps
bench --site "$SITE" migrate
bench --site "$SITE" enable-scheduler
touch "$markers/complete"
say "done: $SITE has $APPS"
EOT
        destination = "local/create-site.sh"
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
