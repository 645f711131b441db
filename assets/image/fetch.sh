#!/usr/bin/env bash
# Fetches one commit of an app: fetch.sh NAME URL COMMIT REF
#
# The app is in /home/frappe/source/NAME, and once more in two parts (split.py) in /home/frappe/yarn/NAME and
# /home/frappe/rest/NAME. It reports a fault of the repository as a line "erp-installer: FAULT: message".
set -euo pipefail
name=$1 url=$2 commit=$3 ref=$4
source /home/frappe/environment.sh

fault() {
  echo "erp-installer: $1: $2"
  exit 1
}

# git must fail, not ask for a login, and must not wait for a server that stopped sending.
export GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=true GIT_HTTP_LOW_SPEED_LIMIT=1000 GIT_HTTP_LOW_SPEED_TIME=60

# The login of a private repository is a BuildKit secret in the format of git-credential(1). git sends it to that server
# only, even after a redirect.
login=()
if [[ -f /run/secrets/git-$name ]]; then
  server=$(cut -d / -f 1-3 <<<"$url")
  login=(-c "credential.$server.helper=!f() { cat /run/secrets/git-$name; }; f")
fi
fetch() {
  git ${login[@]+"${login[@]}"} fetch --quiet "$@"
}

# Without a remote: bench would name the app after the end of the remote's address.
git init --quiet "/home/frappe/source/$name"
cd "/home/frappe/source/$name"
if [[ -f /home/frappe/$name.pack ]]; then
  git index-pack --stdin <"/home/frappe/$name.pack" >/dev/null
  echo "$commit" >.git/shallow
elif ! fetch --depth 1 "$url" "$commit"; then
  # Servers may refuse commits that no branch or tag points at.
  echo "fetching all of $ref to find $commit"
  if [[ $ref == "$commit" ]]; then
    fetch "$url" '+refs/heads/*:refs/remotes/all/*'
  else
    fetch "$url" "$ref"
  fi
fi
git checkout --quiet "$commit" || fault commit-missing "$commit is not in $ref of $url"

# The repository may hold another app, or none.
if [[ ! -f $name/hooks.py ]]; then
  other=$(compgen -G '*/hooks.py' | head -n 1 || true)
  [[ -z $other ]] || fault other-app "the repository holds the app ${other%/hooks.py}, not $name"
  fault no-app "the repository has no $name/hooks.py: it is not a Frappe app"
fi
[[ -f pyproject.toml || -f setup.py ]] || fault no-app "the repository has neither pyproject.toml nor setup.py"
[[ ! -e .gitmodules ]] || echo "submodules are not fetched, as in bench"

# A builder that copies a file reads its whole directory, so each part has its own.
python3 /home/frappe/split.py . "/home/frappe/yarn/$name" "/home/frappe/rest/$name"
