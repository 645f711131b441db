#!/usr/bin/env bash
# Builds the front end of an app, and gathers what came of it: assets.sh NAME [REQUIRED…]
#
# The app and those it requires lie in the bench as they were fetched.
set -euo pipefail
name=$1
source /home/frappe/environment.sh
cd /home/frappe/frappe-bench

packages=$(env/bin/python -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
for app; do
  # An empty directory at the end of the list, or none: apps.txt may have no end of line.
  grep --quiet --line-regexp "$app" sites/apps.txt || printf '\n%s\n' "$app" >>sites/apps.txt
  echo "$PWD/apps/$app" >"$packages/$app.pth"
  # bench imports each app to find its files. Few need more than Frappe for that.
  env/bin/python -c "import $app" 2>/dev/null || env/bin/python -m pip install --quiet -e "apps/$app" || true
done
sed --in-place '/^$/d' sites/apps.txt

# Front ends import the port while they are built.
echo '{"socketio_port": 9000}' >sites/common_site_config.json
bench build --apps "$name"

# bench links what an app serves before it runs the app's own build, which may be what makes it.
if [[ -d apps/$name/$name/public && ! -e sites/assets/$name ]]; then
  ln -sfn "$PWD/apps/$name/$name/public" "sites/assets/$name"
fi
python3 /home/frappe/collect.py front "$@"
