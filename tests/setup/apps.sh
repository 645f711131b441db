#!/usr/bin/env bash
# Makes bare git repositories of small Frappe apps: apps.sh DIRECTORY
#
# They have the names, branches and tags of the real ones that matter to an installer (crm has no version-15, marley
# contains healthcare, newer versions of helpdesk need telephony …). Some of them misbehave. Author, date and content
# are fixed, so a commit has the same id on every machine.
set -euo pipefail

target=$(realpath -m "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Test GIT_AUTHOR_EMAIL=test@example.com GIT_COMMITTER_NAME=Test GIT_COMMITTER_EMAIL=test@example.com
# Each commit is one second later, so that their order is visible.
clock=1755000000

# The present repository: ORG/NAME, and the name of its package.
repository() {
  repo=$1 app=${2:-${1#*/}}
  requires='' frappe='>=15.0.0,<17.0.0' build='vite build --base=/assets/'"$app"'/frontend/' frontend=no port=no public=yes workspaces=no
  packages='' dependencies='' license=''
  mkdir -p "$work/$repo"
  git -C "$work/$repo" init --quiet --initial-branch=main
}

# Writes the app at a version, from the variables above.
write_app() {
  local version=$1 root=$work/$repo
  rm -rf "${root:?}/$app" "$root/frontend" "$root/package.json" "$root/.github"
  mkdir -p "$root/$app/tests" "$root/.github"
  echo 'name: tests' >"$root/.github/tests.yml"
  echo 'def test_nothing(): pass' >"$root/$app/tests/test_app.py"
  cat >"$root/pyproject.toml" <<EOF
[project]
name = "$app"
requires-python = ">=3.10"
dynamic = ["version"]

[build-system]
requires = ["flit_core >=3.4,<4"]
build-backend = "flit_core.buildapi"

[tool.bench.frappe-dependencies]
frappe = "$frappe"
EOF
  [[ -z $dependencies ]] || sed -i "s/^dynamic/dependencies = [$dependencies]\\n&/" "$root/pyproject.toml"
  if [[ $license ]]; then
    sed -i "s/^dynamic/license = { file = \"$license\" }\n&/" "$root/pyproject.toml"
    echo 'GPL-3.0' >"$root/${license,,}"
  fi
  printf '__version__ = "%s"\n' "$version" >"$root/$app/__init__.py"
  printf 'app_name = "%s"\napp_title = "%s (test)"\n' "$app" "$app" >"$root/$app/hooks.py"
  [[ -z $requires ]] || printf 'required_apps = [%s]\n' "$requires" >>"$root/$app/hooks.py"
  printf '%s\n' "$app" >"$root/$app/modules.txt"
  : >"$root/$app/patches.txt"
  if [[ $public == yes ]]; then
    mkdir -p "$root/$app/public/js"
    printf '// %s %s\n' "$app" "$version" >"$root/$app/public/js/$app.bundle.js"
  fi
  [[ $frontend == yes ]] || return 0
  mkdir -p "$root/frontend/src"
  local members=''
  [[ $workspaces == no ]] || members='"workspaces": ["frontend", "frappe-ui"], '
  printf '{"name": "%s", "private": true, %s"scripts": {"postinstall": "cd frontend && yarn install", "build": "cd frontend && yarn build"}}\n' \
    "$app" "$members${packages:+\"dependencies\": {$packages\}, }" >"$root/package.json"
  printf '{"name": "%s-ui", "private": true, "scripts": {"build": "%s"}}\n' "$app" "$build" >"$root/frontend/package.json"
  printf 'export default { build: { sourcemap: true } }\n' >"$root/frontend/vite.config.js"
  if [[ $port == yes ]]; then
    cat >"$root/frontend/src/socket.js" <<'EOF'
import { io } from "socket.io-client"
import { socketio_port } from "../../../../sites/common_site_config.json"
export const socket = () => io(`http://${window.location.hostname}:${socketio_port}`)
EOF
  fi
}

commit() {
  clock=$((clock + 1))
  git -C "$work/$repo" add --all
  GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000" \
    git -C "$work/$repo" commit --quiet --allow-empty --message "$1"
}

# tag VERSION: a commit with that version, tagged vVERSION.
tag() {
  write_app "$1"
  commit "Release $1"
  git -C "$work/$repo" tag "v$1"
}

# branch NAME VERSION: a commit with that version at the head of a branch.
branch() {
  write_app "$2"
  commit "$1"
  [[ $1 == main ]] || git -C "$work/$repo" branch --force "$1"
}

# publish [DEFAULT]: makes the bare copy, which allows `git fetch URL COMMIT`.
publish() {
  local bare=$target/$repo.git
  git clone --quiet --bare "$work/$repo" "$bare"
  git -C "$bare" symbolic-ref HEAD "refs/heads/${1:-main}"
  git -C "$bare" config uploadpack.allowAnySHA1InWant true
  git -C "$bare" config uploadpack.allowFilter true
  # Only the branches named here exist: crm has no version-15, and hrms no main.
  [[ ${1:-main} == main ]] || git -C "$bare" branch --quiet --delete --force main
}

rm -rf "$target"
mkdir -p "$target"

repository frappe/hrms
requires='"frappe/erpnext"' frontend=yes port=yes
tag 15.49.0
tag 15.49.4
tag 15.50.0
branch version-15 15.52.0
frappe='>=16.0.0,<18.0.0'
branch version-16 16.2.0
branch develop 17.0.0-dev
publish develop

repository frappe/crm
frontend=yes port=yes workspaces=yes
tag 1.51.0
tag 1.52.1
tag 1.52.2
branch main 1.53.0
branch develop 2.0.0-dev
# A front-end build that is killed, one that takes minutes, and one that writes control sequences.
build='sleep 0.1; kill -9 $$'
branch out-of-memory 1.52.3
build='echo building; sleep 300'
branch slow 1.52.4
build='printf \"\\\\033[2J\\\\033]0;pwned\\\\007red\\\\n\"'
branch terminal-controls 1.52.5
git -C "$work/$repo" reset --quiet --hard v1.52.2
build='vite build --base=/assets/crm/frontend/'
branch main 1.53.0
publish

repository frappe/telephony
branch main 0.0.1
branch develop 0.0.2-dev
publish

repository frappe/payments
branch version-15 0.1.0
branch version-16 0.2.0
branch develop 0.3.0-dev
publish develop

# Like the real one, it has no public directory before its front end is built, and its packages are in a workspace.
repository frappe/helpdesk
frontend=yes port=yes public=no workspaces=yes
tag 1.13.0
tag 1.14.0
requires='"frappe/telephony"'
tag 1.25.1
frappe='>=15.109.0,<17.0.0'
branch main 1.26.0
publish

repository frappe/insights
frontend=yes
tag 3.2.9
branch version-3 3.3.0
branch main 2.2.9
publish

repository frappe/gameplan
frontend=yes port=yes
branch main 0.0.1
publish

repository frappe/lms
frontend=yes port=yes
tag 2.33.0
requires='"payments"'
branch version-16 2.40.0
branch main 2.41.0
publish

repository frappe/lending
requires='"erpnext"'
branch version-1 1.0.0
branch version-15 1.1.0
branch version-16 16.0.0
publish version-15

repository earthians/marley healthcare
# As in the real repository: the file is license.txt.
license=LICENSE.txt
requires='"frappe/erpnext"'
branch version-15 15.1.0
branch version-16 16.0.0
publish version-15

# bench clones and installs it without an error, but leaves it out of apps.txt.
repository frappe/hookless
write_app 0.1.0
rm "$work/$repo/$app/hooks.py"
commit 'An app without hooks.py'
publish

# Fails when Python imports it.
repository frappe/unimportable
write_app 0.1.0
echo 'import a_module_that_is_not_there' >>"$work/$repo/$app/__init__.py"
commit 'An app that cannot be imported'
publish

# Forks of Frappe and ERPNext: the stand-ins' code with a new module and without a file.
fork() {
  repository "acme/$1"
  cp -r "$(dirname "$(realpath "$0")")/../standins/frappe/apps/$1/." "$work/$repo/"
  sed -i "s/@VERSION@/$2/" "$work/$repo/$1/__init__.py"
  echo 'ours = True' >"$work/$repo/$1/acme.py"
  rm "$work/$repo/$1/$3"
  commit "A fork of $1"
  git -C "$work/$repo" branch version-15
  publish version-15
}
fork frappe 15.80.0 public/images/logo.png
fork erpnext 15.76.0 stock/doctype/item/item.json

# The server asks for a password below /private.
repository private/secret_app
branch main 1.0.0
publish

# The same for an app that every release has.
repository private/crm
branch main 1.52.2
publish

# Faulty versions of crm: a front end that fills the disk, no packaging, a submodule.
repository broken/crm
frontend=yes
build='cat /dev/zero >/dev/full'
branch disk-full 1.52.6
frontend=no
write_app 1.52.8
rm "$work/$repo/pyproject.toml"
commit 'An app without packaging'
git -C "$work/$repo" branch unpackaged
write_app 1.52.9
printf '[submodule "ui"]\n\tpath = ui\n\turl = https://git.invalid/ui\n' >"$work/$repo/.gitmodules"
git -C "$work/$repo" update-index --add --cacheinfo 160000,1111111111111111111111111111111111111111,ui
mkdir -p "$work/$repo/ui"
commit 'An app with a submodule'
git -C "$work/$repo" branch submodule
publish

# Only for the mirrors of tests/standins/mirrors. The first has no yarn.lock, so the versions of its packages are open.
repository mirrored/crm
frontend=yes port=yes workspaces=yes packages='"tiny-ui": "^1.0.0"' dependencies='"tiny-client>=1,<3"'
tag 1.52.2
publish

repository mirrored/lending
branch main 1.1.0
publish
