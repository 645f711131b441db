#!/usr/bin/env bash
# Starts MariaDB as the official image does: the first start creates the system tables and the root login, later starts
# keep them. Variables: MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_FILE, MARIADB_ROOT_HOST and their MYSQL_ names.
set -euo pipefail
data=/var/lib/mysql

note() { echo "$(date --rfc-3339=seconds) [Note] [Entrypoint]: $*"; }
fail() {
  echo "$(date --rfc-3339=seconds) [ERROR] [Entrypoint]: $*" >&2
  exit 1
}

# The value of a variable, or the content of the file that VARIABLE_FILE names.
value_of() {
  local name value file
  for name in "MARIADB_$1" "MYSQL_$1"; do
    value=${!name-}
    file=${name}_FILE
    file=${!file-}
    [[ -n $value && -n $file ]] && fail "Both $name and ${name}_FILE are set (but are exclusive)"
    [[ -n $file ]] && value=$(<"$file")
    [[ -n $value ]] && break
  done
  printf '%s' "$value"
}

initialize() {
  local password host health
  password=$(value_of ROOT_PASSWORD)
  host=${MARIADB_ROOT_HOST-%}
  [[ -n $password ]] || fail $'Database is uninitialized and password option is not specified\n\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD'
  note 'Initializing database files'
  mariadb-install-db --datadir="$data" --auth-root-authentication-method=normal --skip-test-db \
    --cross-bootstrap >/dev/null
  health=$(head -c 24 /dev/urandom | base64 | tr -dc A-Za-z0-9)
  # Quotes and backslashes are the only special characters in an SQL string.
  password=${password//\\/\\\\}
  password=${password//\'/\\\'}
  mariadbd --no-defaults --datadir="$data" --bootstrap >/dev/null 2>&1 <<SQL || fail 'Could not set the root password'
FLUSH PRIVILEGES;
ALTER USER 'root'@'localhost' IDENTIFIED BY '$password';
CREATE USER 'root'@'$host' IDENTIFIED BY '$password';
GRANT ALL ON *.* TO 'root'@'$host' WITH GRANT OPTION;
CREATE USER 'healthcheck'@'localhost' IDENTIFIED BY '$health';
CREATE USER 'healthcheck'@'127.0.0.1' IDENTIFIED BY '$health';
SQL
  printf '[mariadb-client]\nport=3306\nsocket=/run/mysqld/mysqld.sock\nuser=healthcheck\npassword=%s\n' "$health" \
    >"$data/.my-healthcheck.cnf"
  chmod 0600 "$data/.my-healthcheck.cnf"
  note 'MariaDB init process done. Ready for start up.'
}

[[ ${1-} == -* ]] && set -- mariadbd "$@"
if [[ ${1-} != mariadbd && ${1-} != mysqld ]]; then
  exec "$@"
fi
if [[ $(id -u) -eq 0 ]]; then
  chown -R mysql: "$data"
  note "Switching to dedicated user 'mysql'"
  exec setpriv --reuid=mysql --regid=mysql --init-groups "${BASH_SOURCE[0]}" "$@"
fi
[[ -d $data/mysql ]] || initialize
shift
exec mariadbd --no-defaults --datadir="$data" --socket=/run/mysqld/mysqld.sock --bind-address=0.0.0.0 \
  --skip-name-resolve "$@"
