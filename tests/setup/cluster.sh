# shellcheck shell=bash disable=SC2154 # root, cache, scratch and run_id are set by ./test
# A cluster of two nodes on this machine: each has a network namespace with its own Docker engine and Nomad client, and
# a server runs beside them. It is made only if ERP_TEST_NOMAD_BINARY names a Nomad. Sourced by ./test.

cluster_network=10.213.7
cluster_pids=()

# Sets ERP_TEST_CLUSTER_ADDR once the cluster runs.
start_cluster() {
  [[ ${ERP_TEST_NOMAD_BINARY-} && -z $engine_missing && $EUID -eq 0 && ${ERP_TEST_REGISTRY-} ]] || return 0
  local tries ready=
  export ERP_TEST_CLUSTER_DATA=$scratch/cluster/shared
  mkdir -p "$ERP_TEST_CLUSTER_DATA/sites" "$scratch/cluster/server"
  # Frappe's user.
  chown 1000:1000 "$ERP_TEST_CLUSTER_DATA/sites"
  # The switch has its own namespace, because this machine's packet filter may block forwarding on its bridges.
  ip netns add erp-test-switch
  ip -n erp-test-switch link add switch type bridge
  ip -n erp-test-switch link set switch up
  ip link add erp-test type veth peer name port0 netns erp-test-switch
  ip -n erp-test-switch link set port0 master switch up
  ip address add $cluster_network.1/24 dev erp-test
  ip link set erp-test up
  cluster_relay out "$cluster_network.1" 127.0.0.1
  cluster_server
  cluster_node a 11
  cluster_node b 12
  for ((tries = 0; tries < 600; tries++)); do
    ready=$(curl -s "http://$cluster_network.1:5646/v1/nodes" | jq '[.[] | select(.Status == "ready" and .Drivers.docker.Healthy)] | length' 2>/dev/null) || ready=0
    if [[ $ready == 2 ]]; then
      export ERP_TEST_CLUSTER_ADDR=http://$cluster_network.1:5646
      return
    fi
    sleep 0.1
  done
  say "the cluster does not become ready: see $scratch/cluster"
}

cluster_server() {
  cat >"$scratch/cluster/server.hcl" <<EOF
data_dir = "$scratch/cluster/server"
bind_addr = "$cluster_network.1"
ports { http = 5646, rpc = 5647, serf = 5648 }
server {
  enabled = true
  bootstrap_expect = 1
}
disable_update_check = true
EOF
  cluster_begin server "$ERP_TEST_NOMAD_BINARY" agent -config "$scratch/cluster/server.hcl"
}

# cluster_node NAME NUMBER
cluster_node() {
  local name=$1 space=erp-test-$1 folder=$scratch/cluster/$1 tries
  mkdir -p "$folder/data"
  ip netns add "$space"
  ip -n "$space" link add eth0 type veth peer name "port-$name" netns erp-test-switch
  ip -n erp-test-switch link set "port-$name" master switch up
  ip -n "$space" link set lo up
  ip -n "$space" address add "$cluster_network.$2/24" dev eth0
  ip -n "$space" link set eth0 up
  ip -n "$space" route add default via $cluster_network.1
  # Not "ip netns exec": its own /sys has no control groups.
  cluster_begin "engine-$name" nsenter --net="/run/netns/$space" dockerd --host "unix://$folder/docker.sock" --data-root "$folder/docker" \
    --exec-root "$folder/engine" --pidfile "$folder/docker.pid"
  for ((tries = 0; tries < 600; tries++)); do
    docker --host "unix://$folder/docker.sock" version >/dev/null 2>&1 && break
    sleep 0.1
  done
  # The images that a node would pull from public registries.
  docker save mariadb:10.6 redis:6.2-alpine | docker --host "unix://$folder/docker.sock" load >/dev/null
  cluster_relay "$name" 127.0.0.1 $cluster_network.1 nsenter --net="/run/netns/$space"
  cat >"$folder/client.hcl" <<EOF
name = "node-$name"
data_dir = "$folder/data"
bind_addr = "$cluster_network.$2"
client {
  enabled = true
  servers = ["$cluster_network.1:5647"]
  network_interface = "eth0"
  cpu_total_compute = 12000
  cgroup_parent = "erp-test-$name"
  options = { "fingerprint.denylist" = "env_aws,env_gce,env_azure,env_digitalocean" }
  host_volume "sites" {
    path = "$ERP_TEST_CLUSTER_DATA/sites"
  }
}
plugin "docker" {
  config {
    endpoint = "unix://$folder/docker.sock"
    volumes { enabled = true }
  }
}
disable_update_check = true
EOF
  cluster_begin "client-$name" nsenter --net="/run/netns/$space" "$ERP_TEST_NOMAD_BINARY" agent -config "$folder/client.hcl"
}

# cluster_relay NAME HERE THERE [COMMAND…]: the tests' registry, under the same name from everywhere.
cluster_relay() {
  local name=$1 here=$2 there=$3
  shift 3
  cluster_begin "relay-$name" "$@" python3 -c '
import asyncio, sys
here, there, port = sys.argv[1:]
async def copy(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
async def serve(reader, writer):
    onward = await asyncio.open_connection(there, port)
    await asyncio.gather(copy(reader, onward[1]), copy(onward[0], writer))
async def main():
    await (await asyncio.start_server(serve, here, port)).serve_forever()
asyncio.run(main())
' "$here" "$there" "${ERP_TEST_REGISTRY##*:}"
}

cluster_begin() {
  local name=$1
  shift
  setsid "$@" </dev/null >"$scratch/cluster/$name.log" 2>&1 &
  cluster_pids+=($!)
}

stop_cluster() {
  [[ ${#cluster_pids[@]} -gt 0 ]] || return 0
  local name pid mount
  # Clients first, because they would restart the containers.
  for pid in "${cluster_pids[@]}"; do
    [[ $(tr '\0' ' ' <"/proc/$pid/cmdline") == *client.hcl* ]] && kill -KILL "$pid"
  done 2>/dev/null
  for name in a b; do
    docker --host "unix://$scratch/cluster/$name/docker.sock" ps --quiet |
      xargs --no-run-if-empty docker --host "unix://$scratch/cluster/$name/docker.sock" kill
  done >/dev/null 2>&1
  for pid in "${cluster_pids[@]}"; do
    kill "$pid" 2>/dev/null && timeout 20 tail --pid="$pid" -f /dev/null
  done
  # Mounts of clients and engines outlive them.
  grep -o " $scratch/cluster/[^ ]*" /proc/mounts | sort -r | while read -r mount; do umount --lazy "$mount"; done
  for name in a b switch; do
    # A killed client leaves its log collectors behind.
    ip netns pids "erp-test-$name" | xargs --no-run-if-empty kill -KILL
    ip netns delete "erp-test-$name"
  done
  ip link delete erp-test
  cluster_pids=()
} 2>/dev/null
