# shellcheck shell=bash disable=SC2154 # root, cache, scratch and run_id are set by ./test
# The Debian packages for the tests. Missing ones are installed by root if there is apt. Sourced by ./test.

# Prints the missing packages, one per line.
missing_packages() {
  local pair
  for pair in git:git openssl:openssl shellcheck:shellcheck tmux:tmux screen:screen node:nodejs debootstrap:debootstrap \
    docker-registry:docker-registry nginx:nginx-light caddy:caddy haproxy:haproxy rclone:rclone; do
    command -v "${pair%%:*}" >/dev/null || echo "${pair#*:}"
  done
  /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || echo python3-aiosmtpd
  # Native AOT links with a C compiler and zlib.
  command -v clang >/dev/null || command -v gcc >/dev/null || echo gcc
  [[ -e /usr/include/zlib.h ]] || echo zlib1g-dev
  engine_answers && return
  command -v dockerd >/dev/null || echo docker.io
  command -v iptables >/dev/null || echo iptables
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  if [[ ${#missing[@]} -gt 0 ]]; then
    if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
      say "not installed, and not root on Debian to install it: ${missing[*]}"
      return
    fi
    say "installing ${missing[*]}"
    apt_install "${missing[@]}" || say "apt-get could not install all of: ${missing[*]}"
  fi
  # In Debian 13 the docker command is a separate package.
  if ! command -v docker >/dev/null && [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    apt_install docker-cli || true
  fi
}

apt_install() {
  local policy=/usr/sbin/policy-rc.d made_policy='' code=0
  # Service packages would start their services. Here ./test starts and stops what it needs.
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    made_policy=yes
  fi
  {
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" </dev/null
  } >"$scratch/apt.log" 2>&1 || {
    code=$?
    tail -n 5 "$scratch/apt.log" >&2
  }
  [[ -z $made_policy ]] || rm -f "$policy"
  return "$code"
}
