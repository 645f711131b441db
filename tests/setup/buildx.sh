# shellcheck shell=bash disable=SC2154 # root, cache, scratch and run_id are set by ./test
# Docker's plugin buildx, in its own configuration and never in the system's. Sourced by ./test.
#
# Debian has it since version 13. The plugin is one static program, which works on Debian 12 too.

buildx_suite=trixie

# Prints the address of the Debian archive that this machine uses.
debian_archive() {
  local codename
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  # shellcheck disable=SC2016 # apt fills it in
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' "Codename: $codename" 'Component: main' \
    2>/dev/null | head -n 1
}

# Runs apt with lists, cache and sources below a directory, without changing the system's own.
private_apt() {
  local directory=$1
  shift
  apt-get -qq -o Dir::Etc::SourceList="$directory/sources.list" -o Dir::Etc::SourceParts=- -o Dir::Etc::Preferences=- \
    -o Dir::Etc::PreferencesParts=- -o Dir::State::Lists="$directory/lists" -o Dir::Cache="$directory/cache" \
    -o APT::Sandbox::User= -o APT::Get::List-Cleanup=0 "$@"
}

# Puts the plugin at $1, or sets buildx_missing to the reason.
fetch_buildx() {
  local target=$1 directory=$scratch/apt-buildx address
  address=$(debian_archive || true)
  if [[ -z $address ]]; then
    buildx_missing='docker has no plugin buildx, and this is no Debian whose apt sources have one'
    return
  fi
  mkdir -p "$directory"/{lists,cache/archives}/partial
  echo "deb $address $buildx_suite main" >"$directory/sources.list"
  say "fetching the plugin buildx of Debian's $buildx_suite"
  if ! private_apt "$directory" update >"$scratch/buildx.log" 2>&1 ||
    ! (cd "$directory" && private_apt "$directory" download docker-buildx) >>"$scratch/buildx.log" 2>&1; then
    buildx_missing="docker-buildx cannot be fetched: $(grep -E '^[EW]:' "$scratch/buildx.log" | tail -n 1)"
    return
  fi
  if dpkg-deb --fsys-tarfile "$directory"/docker-buildx_*.deb |
    tar --extract --to-stdout --wildcards '*/cli-plugins/docker-buildx' >"$target.part"; then
    chmod +x "$target.part"
    mv "$target.part" "$target"
  else
    buildx_missing='the package docker-buildx has no plugin in it'
  fi
}

# Exports ERP_TEST_BUILDX, a directory for DOCKER_CONFIG with the plugin, or ERP_TEST_NO_BUILDX, the reason.
set_up_buildx() {
  local kept=$cache/docker-buildx-$buildx_suite configuration=$scratch/docker-config
  buildx_missing=
  if ! docker buildx version >/dev/null 2>&1 && [[ ! -x $kept ]]; then
    fetch_buildx "$kept"
  fi
  mkdir -p "$configuration/cli-plugins"
  [[ ! -x $kept ]] || ln -s "$kept" "$configuration/cli-plugins/docker-buildx"
  if [[ -z $buildx_missing ]] && ! DOCKER_CONFIG=$configuration timeout 20 docker buildx inspect default >"$scratch/buildx.log" 2>&1; then
    buildx_missing="docker buildx does not work: $(tail -n 1 "$scratch/buildx.log")"
  fi
  if [[ $buildx_missing ]]; then
    export ERP_TEST_NO_BUILDX=$buildx_missing
    say "tests that build with buildx are skipped: $buildx_missing"
  else
    export ERP_TEST_BUILDX=$configuration
  fi
}
