#!/usr/bin/env bash
# Installs the Python part of a fetched app into the bench: install.sh NAME
set -euo pipefail
name=$1
source /home/frappe/environment.sh
cd /home/frappe/frappe-bench

# get-app would also run yarn. The packages of each front end have their own stage, so that no app waits for another's.
mkdir -p /home/frappe/without-yarn
printf '#!/bin/sh\necho "another stage installs the packages of the front end"\n' >/home/frappe/without-yarn/yarn
chmod +x /home/frappe/without-yarn/yarn

# flit_core 3.12 and newer refuse a missing licence file. Healthcare's pyproject.toml names LICENSE.txt, but its file is
# license.txt. bench clones the source, and git runs this hook in the clone before pip reads it.
mkdir -p /home/frappe/clone/hooks
cat >/home/frappe/clone/hooks/post-checkout <<'END'
#!/bin/sh
license=$(sed -n -E 's/^license *= *\{ *file *= *"([A-Za-z0-9._-]+)" *\}.*/\1/p' pyproject.toml 2>/dev/null)
[ -z "$license" ] || [ -e "$license" ] || find . -maxdepth 1 -iname "$license" -exec cp {} "$license" \;
END
chmod +x /home/frappe/clone/hooks/post-checkout
GIT_TEMPLATE_DIR=/home/frappe/clone PATH=/home/frappe/without-yarn:$PATH \
  bench get-app "/home/frappe/source/$name" --skip-assets --overwrite

# bench silently skips a directory that it does not accept as an app.
grep --quiet --line-regexp "$name" sites/apps.txt || {
  echo "erp-installer: no-app: bench does not accept $name as an app (hooks.py, modules.txt, patches.txt)"
  exit 1
}
# For a required app without its organisation, Frappe asks api.github.com at each installation in a site.
sed --in-place --regexp-extended '/^required_apps\s*=/ s#(["'\''])([A-Za-z0-9_-]+)\1#\1frappe/\2\1#g' "apps/$name/$name/hooks.py"
