#!/usr/bin/env bash
# Images since April 2026 have the assets in a layer, and link them into the sites volume at every start.
set -e
sites=/home/frappe/frappe-bench/sites
echo "Linking fresh assets to volume..."
rm -rf "$sites/assets"
ln -s /home/frappe/frappe-bench/assets "$sites/assets"
exec "$@"
