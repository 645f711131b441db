#!/usr/bin/env bash
# Builds the front end of an app and collects the result: assets.sh NAME [REQUIRED…]
#
# The app and the apps that it requires are in the bench as they were fetched, with the packages that yarn installed.
set -euo pipefail
name=$1
source /home/frappe/environment.sh
cd /home/frappe/frappe-bench

# Both need git's data, which was copied after yarn had run.
python3 /home/frappe/locks.py take "$name"
python3 /home/frappe/record.py /home/frappe/unbuilt.json "apps/$name" --tracked

packages=$(env/bin/python -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
for app; do
  # apps.txt may lack the line end after its last line.
  grep --quiet --line-regexp "$app" sites/apps.txt || printf '\n%s\n' "$app" >>sites/apps.txt
  echo "$PWD/apps/$app" >"$packages/$app.pth"
  # bench imports each app to find its files. Few apps need more packages than Frappe's for that.
  env/bin/python -c "import $app" 2>/dev/null || env/bin/python -m pip install --quiet -e "apps/$app" || true
done
sed --in-place '/^$/d' sites/apps.txt

# Front ends read the port while they are built.
echo '{"socketio_port": 9000}' >sites/common_site_config.json
# The image holds no source maps. Without them vite needs 2.0 GB for crm instead of 2.7 GB, and less time.
find "apps/$name" \( -name 'vite.config.*' -not -path '*/node_modules/*' -o -path '*/node_modules/frappe-ui/vite/*.js' \) \
  -exec sed --in-place --regexp-extended "s/\<sourcemap: *(true|['\"](inline|hidden)['\"])/sourcemap: false/g" {} +
# Frappe names a style sheet by a hash that includes its source map, and the map names a random directory: two builds of one
# commit would differ.
esbuild=apps/frappe/esbuild/esbuild.js
if [[ -f $esbuild ]]; then
  cp --preserve "$esbuild" /home/frappe/esbuild.js
  sed --in-place --regexp-extended 's/\<sourcemap: *true/sourcemap: false/' "$esbuild"
fi
bench build --apps "$name"
[[ ! -f $esbuild ]] || cp --preserve /home/frappe/esbuild.js "$esbuild"

# bench links an app's public directory before the app's own build, which may create that directory.
if [[ -d apps/$name/$name/public && ! -e sites/assets/$name ]]; then
  ln -sfn "$PWD/apps/$name/$name/public" "sites/assets/$name"
fi
python3 /home/frappe/collect.py front "$@"
