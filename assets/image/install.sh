#!/usr/bin/env bash
# Installs the Python part of a fetched app into the bench: install.sh NAME
set -euo pipefail
name=$1
source /home/frappe/environment.sh
cd /home/frappe/frappe-bench

# get-app would run yarn too. The packages of front ends have stages of their own, so that no app waits for another's.
mkdir -p /home/frappe/without-yarn
printf '#!/bin/sh\necho "the packages of the front end are installed in a stage of their own"\n' >/home/frappe/without-yarn/yarn
chmod +x /home/frappe/without-yarn/yarn
PATH=/home/frappe/without-yarn:$PATH bench get-app "/home/frappe/source/$name" --skip-assets --overwrite

# bench passes over what it does not take for an app.
grep --quiet --line-regexp "$name" sites/apps.txt || {
  echo "erp-installer: no-app: bench does not take $name for an app (hooks.py, modules.txt, patches.txt)"
  exit 1
}
# An app that is required without its organisation is looked up at api.github.com whenever a site installs it.
sed --in-place --regexp-extended '/^required_apps\s*=/ s#(["'\''])([A-Za-z0-9_-]+)\1#\1frappe/\2\1#g' "apps/$name/$name/hooks.py"
