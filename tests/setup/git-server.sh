# shellcheck shell=bash disable=SC2154 # root, cache, scratch and run_id are set by ./test
# The app repositories over HTTP. Sourced by ./test.
#
# The server runs in a container, so one address works for this host and every container of the engine: with some
# firewalls, the containers of a bridge reach each other but not the host.

start_git_server() {
  local name=erp-installer-test-git-$run_id address tries
  docker create --name "$name" --label "erp-installer.test=$run_id" --user root \
    erp-installer-standin/frappe-build:v15.75.1 python3 /srv/server.py /srv/apps 8080 /srv/server.pem >/dev/null
  docker cp --quiet "$ERP_TEST_APPS" "$name:/srv/apps" 2>/dev/null || docker cp "$ERP_TEST_APPS" "$name:/srv/apps" >/dev/null
  docker cp "$root/tests/standins/git/server.py" "$name:/srv/server.py" >/dev/null 2>&1
  # An untrusted certificate, like that of a TLS-inspecting proxy.
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=git.example.com" \
    -keyout "$scratch/git-server.pem" -out "$scratch/git-server.crt" 2>/dev/null
  cat "$scratch/git-server.crt" >>"$scratch/git-server.pem"
  docker cp "$scratch/git-server.pem" "$name:/srv/server.pem" >/dev/null 2>&1
  docker start "$name" >/dev/null
  address=$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$name")
  for ((tries = 0; tries < 100; tries++)); do
    if (exec 3<>"/dev/tcp/$address/8080") 2>/dev/null; then
      export ERP_TEST_APPS_URL=http://$address:8080
      return
    fi
    sleep 0.1
  done
  say "the git server does not answer: $(docker logs "$name" 2>&1 | tail -n 1)"
}
