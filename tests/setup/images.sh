# shellcheck shell=bash disable=SC2154 # root, cache, scratch and run_id are set by ./test
# The stand-in images, built when their sources changed. Sourced by ./test.
#
# Each is named erp-installer-standin/NAME:TAG and, if no other image has it, also by the name of the real image.

standins=$root/tests/standins

# A hash of a directory: names, modes, contents.
content_hash() {
  (cd "$1" && find . -type f -printf '%P %m\n' -exec sha256sum {} + | LC_ALL=C sort) | sha256sum | cut -c 1-16
}

label_of() {
  docker image inspect --format '{{index .Config.Labels "erp-installer.standin"}}' "$1" 2>/dev/null || true
}

# Sets base to the name of the Debian image, and makes the image if it is missing.
base_image() {
  local version
  version=$(sha256sum <"$root/tests/setup/base-image.sh" | cut -c 1-16)
  base=erp-installer-standin/debian:$version
  [[ -z $(label_of "$base") ]] || return 0
  if [[ ! -s $cache/debian-$version.tar ]]; then
    if [[ $EUID -ne 0 ]] || ! command -v debootstrap >/dev/null; then
      engine_missing='the stand-in images are not there, and only root with debootstrap can make them'
      return 1
    fi
    say 'making a Debian root file system, a minute the first time'
    rm -f "$cache"/debian-*.tar
    "$root/tests/setup/base-image.sh" "$cache/debian-$version.tar" || {
      engine_missing='debootstrap failed'
      return 1
    }
  fi
  docker import --change "LABEL erp-installer.standin=$version" --change 'CMD ["bash"]' \
    "$cache/debian-$version.tar" "$base" >/dev/null
}

# standin STANDS_FOR CONTEXT [OPTION…]: builds one image; the options are docker build's.
standin() {
  local real=$1 context=$2 name hash
  shift 2
  name=erp-installer-standin/${real//\//-}
  hash=$(printf '%s\n' "$base" "$(content_hash "$standins/$context")" "$@" | sha256sum | cut -c 1-16)
  if [[ $(label_of "$name") != "$hash" ]]; then
    say "building the stand-in for $real"
    # The engine's own builder, because not every host has BuildKit's client.
    DOCKER_BUILDKIT=0 docker build --quiet --network host --label "erp-installer.standin=$hash" --build-arg BASE="$base" \
      --build-arg http_proxy --build-arg https_proxy --tag "$name" "$@" "$standins/$context" >"$scratch/build.log" 2>&1 || {
      tail -n 20 "$scratch/build.log" >&2
      engine_missing="the stand-in for $real could not be built"
      return 1
    }
  fi
  # Never take the name of a pulled image.
  if [[ -n $(label_of "$real") ]] || ! docker image inspect "$real" >/dev/null 2>&1; then
    docker tag "$name" "$real"
  fi
}

# The versions of frappe are those of the day on which each ERPNext was released.
build_images() {
  local v15=(--build-arg FRAPPE_VERSION=15.78.1 --build-arg ERPNEXT_VERSION=15.75.1)
  local v16=(--build-arg FRAPPE_VERSION=16.32.0 --build-arg ERPNEXT_VERSION=16.32.3 --build-arg NODE_VERSION=24.13.0)
  (
    flock 9
    base_image &&
      standin frappe/build:v15.75.1 frappe --target build "${v15[@]}" &&
      standin frappe/erpnext:v15.75.1 frappe --target erpnext "${v15[@]}" &&
      standin frappe/build:v16.32.3 frappe --target build "${v16[@]}" &&
      standin frappe/erpnext:v16.32.3 frappe --target erpnext-linked "${v16[@]}" &&
      standin mariadb:10.6 mariadb &&
      standin mariadb:11.8 mariadb &&
      standin redis:6.2-alpine redis &&
      standin redis:8.6-alpine redis ||
      engine_missing=${engine_missing:-the stand-in images could not be made}
    echo "$engine_missing" >"$scratch/images.reason"
  ) 9>"$cache/images.lock"
  engine_missing=$(<"$scratch/images.reason")
}
