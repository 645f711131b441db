# shellcheck shell=bash disable=SC2154 # cache and scratch are set by ./test
# Servers for the repositories of backups: rclone speaks restic's REST protocol, s3rver that of S3. Tests run them in
# containers. Sourced by ./test.

find_repository_servers() {
  local s3=$cache/s3rver-3.7.1
  ERP_TEST_RCLONE=$(command -v rclone) && export ERP_TEST_RCLONE
  if [[ ! -d $s3 ]] && command -v npm >/dev/null; then
    if npm install --silent --no-audit --no-fund --prefix "$s3.new" s3rver@3.7.1 >"$scratch/npm.log" 2>&1; then
      mv "$s3.new" "$s3"
    else
      say "npm could not install s3rver: $(tail -n 1 "$scratch/npm.log")"
    fi
  fi
  if [[ -d $s3 ]]; then
    ERP_TEST_NODE=$(command -v node) ERP_TEST_S3=$s3/node_modules
    export ERP_TEST_NODE ERP_TEST_S3
  fi
}
