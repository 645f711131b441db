#!/usr/bin/env bash
# Runs Node.js with a memory limit. Frappe allows three quarters of the host's memory, and vite then takes 4.9 GB for
# crm. With this limit it takes 3.3 GB; with 2048 MiB it fails. An app that sets its own limit keeps it.
PATH=${PATH//\/home\/frappe\/programs:/}
if [[ ${NODE_OPTIONS-} =~ ^(--max_old_space_size=[0-9]+)?$ ]]; then
  export NODE_OPTIONS=--max-old-space-size=3072
fi
exec node "$@"
