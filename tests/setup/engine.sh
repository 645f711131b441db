# shellcheck shell=bash disable=SC2154 # root, cache, scratch and run_id are set by ./test
# A Docker engine: the one that answers, or otherwise our own, which is stopped at the end. Sourced by ./test.
#
# Concurrent runs of ./test share it: each holds a shared lock, and the last one stops an engine that one of them
# started.

engine_socket=/var/run/docker.sock
engine_pid_file=$cache/engine.pid
engine_user=

engine_answers() {
  command -v docker >/dev/null && timeout 10 docker version >/dev/null 2>&1
}

# Sets engine_missing to the reason if there is none.
start_engine() {
  engine_missing=
  exec {start_lock}>"$cache/engine.start"
  flock "$start_lock"
  if ! engine_answers; then
    if [[ $EUID -ne 0 ]]; then
      engine_missing='no Docker engine answers, and only root can start one'
    elif ! command -v dockerd >/dev/null || ! command -v docker >/dev/null; then
      engine_missing='no Docker engine answers, and docker.io is not installed'
    else
      start_dockerd || start_dockerd --iptables=false --ip-masq=false ||
        engine_missing="dockerd does not start: $(grep -E 'level=(error|fatal)|^failed' "$scratch/dockerd.log" | tail -n 1)"
    fi
  fi
  if [[ -z $engine_missing ]]; then
    # In its own process, which ends with this one: every child would inherit a lock on a descriptor of this shell.
    flock --no-fork --shared "$cache/engine.use" tail --pid=$$ -f /dev/null {start_lock}>&- &
    engine_user=$!
    export DOCKER_HOST=${DOCKER_HOST-unix://$engine_socket}
  fi
  exec {start_lock}>&-
}

start_dockerd() {
  local tries
  say "starting dockerd${1:+ with $*}"
  # In its own session: ^C ends the tests first, and then stop_engine stops the engine.
  setsid dockerd --host "unix://$engine_socket" --data-root "$cache/docker" --exec-root "$cache/engine" \
    --pidfile "$cache/dockerd.pid" "$@" </dev/null >"$scratch/dockerd.log" 2>&1 {start_lock}>&- &
  echo $! >"$engine_pid_file"
  for ((tries = 0; tries < 300; tries++)); do
    kill -0 "$(<"$engine_pid_file")" 2>/dev/null || break
    if engine_answers; then
      # Leftovers of runs that could not clean up. This engine and all its data are ours.
      docker system prune --force --volumes >/dev/null 2>&1 || true
      return 0
    fi
    sleep 0.1
  done
  rm -f "$engine_pid_file"
  return 1
}

stop_engine() {
  local pid
  [[ -n $engine_user ]] || return 0
  docker_cleanup
  kill "$engine_user" 2>/dev/null && wait "$engine_user" 2>/dev/null
  engine_user=
  [[ ${ERP_TEST_KEEP_ENGINE-} ]] && return 0
  exec {start_lock}>"$cache/engine.start"
  flock "$start_lock"
  if [[ -f $engine_pid_file ]] && flock --nonblock "$cache/engine.use" true; then
    pid=$(<"$engine_pid_file")
    kill "$pid" 2>/dev/null && timeout 20 tail --pid="$pid" -f /dev/null
    rm -f "$engine_pid_file"
  fi
  exec {start_lock}>&-
}

# Removes leftovers of tests, which label everything with this run's id.
docker_cleanup() {
  local label=label=erp-installer.test=$run_id
  docker ps --all --quiet --filter "$label" | xargs --no-run-if-empty docker rm --force --volumes
  docker volume ls --quiet --filter "$label" | xargs --no-run-if-empty docker volume rm --force
  docker network ls --quiet --filter "$label" | xargs --no-run-if-empty docker network rm
} >/dev/null 2>&1
