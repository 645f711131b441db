#!/usr/bin/env bash
# Builds the front end of an installed app, and puts what that changed outside the app into /home/frappe/built: assets.sh NAME
set -euo pipefail
name=$1
cd /home/frappe/frappe-bench

# Front ends import the port while they are built.
echo '{"socketio_port": 9000}' >sites/common_site_config.json
python3 /home/frappe/record.py /home/frappe/unbuilt.json
bench build --apps "$name"
python3 /home/frappe/collect.py /home/frappe/unbuilt.json /home/frappe/built "$name"
