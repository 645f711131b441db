#!/usr/bin/env bash
# Creates a bench directory like the one that `bench init` and `bench get-app erpnext` leave in the real image: apps
# without .git, an empty common_site_config.json, built assets.
set -euo pipefail
bench=$1 frappe_version=$2 erpnext_version=$3

mkdir -p "$bench"/{apps,sites/assets,config/pids,logs,archived}
# --without-pip: a .pth file makes the apps importable, which needs no package index.
python3 -m venv --without-pip --system-site-packages "$bench/env"
cat >"$bench/env/bin/gunicorn" <<EOF
#!$bench/env/bin/python
import sys
from gunicorn.app.wsgiapp import run
sys.exit(run())
EOF
chmod +x "$bench/env/bin/gunicorn"

cp -r /tmp/apps/frappe /tmp/apps/erpnext "$bench/apps/"
sed -i "s/@VERSION@/$frappe_version/" "$bench/apps/frappe/frappe/__init__.py"
sed -i "s/@VERSION@/$erpnext_version/" "$bench/apps/erpnext/erpnext/__init__.py"

cd "$bench"
printf 'frappe\nerpnext' >sites/apps.txt
echo '{"socketio_port": 9000}' >sites/common_site_config.json
for app in frappe erpnext; do
  bench --standin-install "$app"
done
bench build --apps frappe,erpnext
echo '{}' >sites/common_site_config.json
rm -rf /tmp/apps
