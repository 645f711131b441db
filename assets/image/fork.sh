#!/usr/bin/env bash
# Builds the front end of a fork of Frappe or ERPNext, which replaces that of the runtime image: fork.sh NAME
#
# All other apps are built on the bench with the forks, so its files are recorded again. base.json keeps the files of the
# runtime image, with which the result is compared.
set -euo pipefail
name=$1
source /home/frappe/environment.sh
cd /home/frappe/frappe-bench

# Front ends read the port while they are built.
echo '{"socketio_port": 9000}' >sites/common_site_config.json
bench build --apps "$name"
find "apps/$name/$name" -path '*/public/*' -name '*.map' -delete
rm -rf "apps/$name/.git" "apps/$name/.github" "apps/$name/cypress"

[[ -f /home/frappe/base.json ]] || mv /home/frappe/before.json /home/frappe/base.json
python3 /home/frappe/record.py /home/frappe/before.json
