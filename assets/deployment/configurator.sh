#!/usr/bin/env bash
# Writes the bench's configuration into the sites volume: the apps of the image and the addresses of database and Redis.
# It runs before create-site in every run of the init job and can be repeated at any time.
set -euo pipefail
# Nomad may remove the log as soon as the container ends. The installer needs a moment to read the last lines.
trap 'status=$?; ((status == 0)) || sleep "${LAST_WORDS_SECONDS:-2}"' EXIT

cd "${BENCH:-/home/frappe/frappe-bench}"

scripts=$(dirname "$0")
markers=sites/${SITE:-}/.installer
revision=${REVISION:-}

# Succeeds when the site exists and this image and the answers change its database. Prints the reason.
change() {
  local app
  # Without these markers no application has served this site yet.
  [[ -n ${SITE:-} && -e $markers/created && -e $markers/complete ]] || return 1
  for app in ${APPS:-}; do
    [[ -e $markers/app-$app.done ]] || { echo "$app must be installed"; return; }
  done
  [[ ! -e $markers/changing ]] || { echo 'an earlier change did not finish'; return; }
  [[ $(cat "$markers/schema" 2>/dev/null) == "$(python3 "$scripts/image.py" schema)" ]] ||
    { echo 'this image has different tables or patches'; return; }
  return 1
}

# A restore replaced a part of the site. Only the same restore can finish that.
if [[ -n ${SITE:-} && -e $markers/restoring ]]; then
  echo "configurator: a restore of $SITE did not finish" >&2
  id=$(cat "$markers/restoring")
  [[ $id =~ ^[0-9a-f]+$ ]] || id='with the same files'
  echo "configurator: hint: finish it: erp-installer restore $id" >&2
  exit 1
fi

# The site has an app that the answers no longer name. With an image without that app the site would not start, so this
# is refused before anything is written; the running containers keep their image.
if [[ -n ${SITE:-} && -e $markers/created ]]; then
  for marker in "$markers"/app-*.done "$markers"/app-*.begun; do
    [[ -e $marker ]] || continue
    app=${marker##*/app-}
    app=${app%.*}
    [[ " ${APPS:-} " == *" $app "* ]] && continue
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
  { [[ ${NOMAD_META_APPLICATION_STOPPED:-} != "$revision" ]] || ! is_closed; }; then
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
