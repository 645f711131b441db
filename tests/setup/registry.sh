# shellcheck shell=bash disable=SC2154 # root, cache, scratch and run_id are set by ./test
# A registry on a free loopback port, empty at each run. Docker takes 127.0.0.0/8 without TLS. Sourced by ./test.

registry_pid=

start_registry() {
  local tries port
  command -v docker-registry >/dev/null || return 0
  cat >"$scratch/registry.yml" <<EOF
version: 0.1
log: { level: info, formatter: json }
storage:
  filesystem: { rootdirectory: $scratch/registry }
  delete: { enabled: true }
http: { addr: "127.0.0.1:0" }
EOF
  # Created here, because on a busy machine it would be read below before the registry's shell creates it.
  : >"$scratch/registry.log"
  setsid docker-registry serve "$scratch/registry.yml" </dev/null >"$scratch/registry.log" 2>&1 &
  registry_pid=$!
  for ((tries = 0; tries < 100; tries++)); do
    port=$(sed -n 's/.*listening on 127\.0\.0\.1:\([0-9]*\).*/\1/p' "$scratch/registry.log" | tail -n 1)
    if [[ $port ]]; then
      export ERP_TEST_REGISTRY=127.0.0.1:$port
      return
    fi
    sleep 0.1
  done
  say "docker-registry does not start: $(tail -n 1 "$scratch/registry.log")"
}

stop_registry() {
  [[ -z $registry_pid ]] || kill "$registry_pid" 2>/dev/null || true
  registry_pid=
}
