#!/usr/bin/env bash
# Writes the bench's configuration into the sites volume: which apps the image has, where database and Redis are.
# Runs before create-site, at every run of the init job; it can be repeated at any time.
set -euo pipefail
# Nomad may remove the log together with the container that ended. Who follows it needs a moment for the last lines.
trap 'status=$?; ((status == 0)) || sleep "${LAST_WORDS_SECONDS:-2}"' EXIT

cd "${BENCH:-/home/frappe/frappe-bench}"

scripts=$(dirname "$0")
markers=sites/${SITE:-}/.installer
revision=${REVISION:-}

# The site is there, and what it has differs from what this image and the answers want.
change() {
  local app
  # Before that no application ever served this site.
  [[ -n ${SITE:-} && -e $markers/created && -e $markers/complete ]] || return 1
  for app in ${APPS:-}; do
    [[ -e $markers/app-$app.done ]] || { echo "$app is to be installed"; return; }
  done
  [[ ! -e $markers/changing ]] || { echo 'an earlier change did not end'; return; }
  [[ $(cat "$markers/schema" 2>/dev/null) == "$(python3 "$scripts/image.py" schema)" ]] ||
    { echo 'this image has other tables or patches'; return; }
  return 1
}

# An app that the site has and the answers do not have any more: with an image without it the site would not start.
# Refused before anything is written; the containers that serve keep their image.
if [[ -n ${SITE:-} && -e $markers/created ]]; then
  for marker in "$markers"/app-*.done "$markers"/app-*.begun; do
    [[ -e $marker ]] || continue
    app=${marker##*/app-}
    app=${app%.*}
    [[ " ${APPS:-} " == *" $app "* ]] && continue
    echo "configurator: the site $SITE has the app $app, and the answers have it no more" >&2
    echo "configurator: hint: put $app back into apps.install; or take it out of the site first, with its data, in a container of the backend: bench --site $SITE uninstall-app $app && rm $marker" >&2
    exit 1
  done
  # The database was changed half-way by a newer image. The image before it does not know the new tables.
  if [[ -e $markers/changing && -n $revision && $(cat "$markers/revision" 2>/dev/null) == "$revision" ]]; then
    echo "configurator: a newer image changed the database of $SITE half-way: this older image cannot serve it" >&2
    echo 'configurator: hint: take the newer apps again and run install, or restore a backup from before the update' >&2
    exit 1
  fi
fi

# Copied while the site still serves: this takes longest.
if [[ -n $revision && -e sites/assets ]]; then
  python3 "$scripts/image.py" publish "$revision"
fi

# The containers that serve have the image before. They must be stopped while the database changes: they would answer with
# errors, and fill the caches with names of the old image. Exit code 75: the installer stops them and runs this job again.
if why=$(change) && [[ -n $revision && ${NOMAD_META_APPLICATION_STOPPED:-} != "$revision" ]]; then
  echo "configurator: the database of $SITE changes ($why): the application is stopped first" >&2
  exit 75
fi

# The containers that serve read both files at each request: they are replaced in one step, and only when they differ.
replace() {
  sync "$1.new"
  if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}

# Every start: the list must match the image, which may be a newer one than the volume has seen.
ls -1 apps >sites/apps.txt.new
replace sites/apps.txt

# An interrupted write may have left half a file: bench would refuse to start with it.
config=sites/common_site_config.json
if ! python3 -c 'import json, sys; json.load(open(sys.argv[1])).keys()' "$config" 2>/dev/null; then
  if [[ -s $config ]]; then
    mv "$config" "$config.broken"
    echo "$config could not be read: kept as $config.broken"
  fi
  echo '{}' >"$config"
fi

# Not by "bench set-config": that empties the file before it writes it.
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
