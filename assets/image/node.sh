#!/usr/bin/env bash
# Stands before Node.js and limits its memory: with what Frappe allows, three quarters of the host's memory, vite takes
# 4.9 GB for crm; with this limit 3.3. With 2048 it does not finish. An app that sets a limit of its own keeps it.
PATH=${PATH//\/home\/frappe\/programs:/}
if [[ ${NODE_OPTIONS-} =~ ^(--max_old_space_size=[0-9]+)?$ ]]; then
  export NODE_OPTIONS=--max-old-space-size=3072
fi
exec node "$@"
