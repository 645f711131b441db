#!/usr/bin/env bash
# Like the official image: an option or a .conf file as the first argument starts redis-server, root becomes the user
# redis, and protected mode is off (the container's network is the protection).
set -euo pipefail
if [[ ${1-} == -* || ${1-} == *.conf ]]; then
  set -- redis-server "$@"
fi
if [[ ${1-} == redis-server ]]; then
  if [[ $(id -u) -eq 0 ]]; then
    chown -R redis: .
    exec setpriv --reuid=redis --regid=redis --init-groups "${BASH_SOURCE[0]}" "$@"
  fi
  set -- "$@" --protected-mode no
fi
exec "$@"
