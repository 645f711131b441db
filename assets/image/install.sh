#!/usr/bin/env bash
# Installs a fetched app into the bench, without its assets: install.sh NAME
set -euo pipefail
name=$1
cd /home/frappe/frappe-bench

bench get-app "/home/frappe/source/$name" --skip-assets --overwrite
# bench passes over what it does not take for an app.
grep --quiet --line-regexp "$name" sites/apps.txt || {
  echo "erp-installer: no-app: bench does not take $name for an app (hooks.py, modules.txt, patches.txt)"
  exit 1
}
# An app that is required without its organisation is looked up at api.github.com whenever a site installs it.
sed --in-place --regexp-extended '/^required_apps\s*=/ s#(["'\''])([A-Za-z0-9_-]+)\1#\1frappe/\2\1#g' "apps/$name/$name/hooks.py"
