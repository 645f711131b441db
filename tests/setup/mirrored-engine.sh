#!/usr/bin/env bash
# A Docker engine whose containers reach the mirrors of tests/standins/mirrors and nothing else:
# mirrored-engine.sh DIRECTORY REPOSITORIES
#
# It runs until its standard input ends; "ready ADDRESS" says that DIRECTORY/docker.sock answers and ADDRESS is that
# of the mirrors. The engine has its own network namespace without a route to the outside; this host reaches the mirrors
# in it by a pair of virtual interfaces. The base images of a build come from the engine that DOCKER_HOST names.
set -euo pipefail
folder=$(realpath "$1") repositories=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
space=erp-test-mirrors-$$
# A network for each run, from the range for tests (RFC 2544).
network=198.18.$(($$ / 64 % 256)).$(($$ % 64 * 4))
address=${network%.*}.$((${network##*.} + 2))
pids=()

clean_up() {
  trap - EXIT
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null && timeout 20 tail --pid="$pid" -f /dev/null
  done
  ip netns delete "$space" 2>/dev/null || true
}
trap clean_up EXIT
trap 'exit 143' TERM INT HUP

begin() {
  local log=$folder/$1.log
  shift
  # In its own session, so that ^C reaches the waiting process first.
  setsid nsenter --net="/run/netns/$space" "$@" </dev/null >"$log" 2>&1 &
  pids+=($!)
}

until_true() {
  local tries
  for ((tries = 0; tries < 600; tries++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  echo "no answer: $*; see $folder" >&2
  return 1
}

ip netns add "$space"
ip link add "erpm$$" type veth peer name eth0 netns "$space"
ip address add "${network%.*}.$((${network##*.} + 1))/30" dev "erpm$$"
ip link set "erpm$$" up
ip -n "$space" address add "$address/30" dev eth0
ip -n "$space" link set eth0 up
ip -n "$space" link set lo up

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=A company' -addext "subjectAltName=IP:$address,DNS:registry.yarnpkg.com,DNS:pypi.org,DNS:github.com" \
  -keyout "$folder/key.pem" -out "$folder/company.pem" 2>/dev/null
cat "$folder/company.pem" "$folder/key.pem" >"$folder/server.pem"
mkdir -p "$folder/packages"
begin mirrors /usr/bin/python3 "$here/../standins/mirrors/server.py" "$folder/packages" "$repositories" \
  "$folder/server.pem"
begin engine dockerd --host "unix://$folder/docker.sock" --data-root "$folder/docker" --exec-root "$folder/engine" \
  --pidfile "$folder/docker.pid" --iptables=false --ip-masq=false --ip-forward=false --dns "$address"
until_true docker --host "unix://$folder/docker.sock" version
docker save frappe/build:v15.75.1 frappe/erpnext:v15.75.1 | docker --host "unix://$folder/docker.sock" load >/dev/null
until_true bash -c "exec 3<>/dev/tcp/$address/443"
echo "ready $address"
cat >/dev/null
