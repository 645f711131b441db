#!/usr/bin/env bash
# The official image's health check, with the tests used here: --connect (the server answers on TCP, with any login) and
# --innodb_initialized (recovery has ended). All must pass.
set -uo pipefail
login=(mariadb --defaults-extra-file=/var/lib/mysql/.my-healthcheck.cnf --batch --skip-column-names)

connect() {
  local said
  said=$("${login[@]}" --protocol=tcp --host=127.0.0.1 -e 'select 1' 2>&1)
  # "Access denied" is an answer too: the server listens.
  [[ $said == 1 || $said == *'(28000)'* ]]
}

innodb_initialized() {
  [[ $("${login[@]}" --protocol=socket \
    -e "select 1 from information_schema.ENGINES where engine = 'innodb' and support in ('YES', 'DEFAULT')" 2>/dev/null) == 1 ]]
}

if [[ $# -eq 0 ]]; then
  echo 'At least one argument required' >&2
  exit 1
fi
for argument; do
  case $argument in
    --connect | --innodb_initialized)
      "${argument#--}" || {
        echo "healthcheck ${argument#--} failed" >&2
        exit 1
      }
      ;;
    *)
      echo "healthcheck unknown option or test '${argument#--}'" >&2
      exit 1
      ;;
  esac
done
