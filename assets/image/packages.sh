#!/usr/bin/env bash
# Installs the packages for an app's front end, like bench: packages.sh NAME
#
# Of an app, the bench has at least the files that yarn reads (split.py). Of most it has no others: then a builder repeats
# this only when they changed.
set -euo pipefail
name=$1
source /home/frappe/environment.sh
cd "/home/frappe/frappe-bench/apps/$name"

python3 /home/frappe/locks.py put "$name"
# yarn downloads a package from the address in the lock file and ignores the configured registry.
if [[ -n ${MIRROR_OF_NPM-} ]]; then
  find . -name node_modules -prune -o -name yarn.lock -print0 |
    xargs --null --no-run-if-empty sed --in-place --regexp-extended "s#https://registry\.(yarnpkg\.com|npmjs\.org)/#$MIRROR_OF_NPM#"
fi
# bench and some apps pass --check-files, which lists and compares every installed file. Nothing was installed before, so
# it finds nothing, and takes half of the time.
find . -name node_modules -prune -o -name package.json -exec sed --in-place 's/yarn install --check-files/yarn install/g' {} +
python3 /home/frappe/record.py /home/frappe/unbuilt.json "apps/$name"
if [[ -f package.json && -n ${YARN_CACHE_FOLDER-} ]]; then
  # Another build of this app may use the builder's cache too, and two yarns at once break it.
  flock "$YARN_CACHE_FOLDER/lock" yarn install
elif [[ -f package.json ]]; then
  yarn install
fi
[[ -n ${YARN_CACHE_FOLDER-} ]] || rm -rf /home/frappe/.cache/yarn /usr/local/share/.cache/yarn 2>/dev/null || true
