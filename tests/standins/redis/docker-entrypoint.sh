#!/usr/bin/env bash
# As the official image: options alone mean redis-server, root steps down, protected mode is off (the container's
# network is the protection).
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
