#!/usr/bin/env bash
# Fetches one commit of an app: fetch.sh NAME URL COMMIT REF
#
# What is wrong with a repository is said as a line "erp-installer: FAULT: words".
set -euo pipefail
name=$1 url=$2 commit=$3 ref=$4
source /home/frappe/environment.sh

fault() {
  echo "erp-installer: $1: $2"
  exit 1
}

# Nobody is there to answer, and a server that stopped sending is not waited for.
export GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=true GIT_HTTP_LOW_SPEED_LIMIT=1000 GIT_HTTP_LOW_SPEED_TIME=60

# A private repository: the login is a BuildKit secret, in the words of git-credential(1). It goes to that server alone,
# wherever the server redirects to.
login=()
if [[ -f /run/secrets/git-$name ]]; then
  server=$(cut -d / -f 1-3 <<<"$url")
  login=(-c "credential.$server.helper=!f() { cat /run/secrets/git-$name; }; f")
fi
fetch() {
  git ${login[@]+"${login[@]}"} fetch --quiet "$@"
}

# Without a remote: bench would call the app by the end of its address, which may be another name.
git init --quiet "/home/frappe/source/$name"
cd "/home/frappe/source/$name"
if [[ -f /home/frappe/$name.pack ]]; then
  git index-pack --stdin <"/home/frappe/$name.pack" >/dev/null
  echo "$commit" >.git/shallow
elif ! fetch --depth 1 "$url" "$commit"; then
  # Servers may refuse commits that no branch or tag points at.
  echo "fetching $ref whole, to find $commit in it"
  if [[ $ref == "$commit" ]]; then
    fetch "$url" '+refs/heads/*:refs/remotes/all/*'
  else
    fetch "$url" "$ref"
  fi
fi
git checkout --quiet "$commit" || fault commit-missing "$commit is not in $ref of $url"

# A git repository of another app, or of none.
if [[ ! -f $name/hooks.py ]]; then
  other=$(compgen -G '*/hooks.py' | head -n 1 || true)
  [[ -z $other ]] || fault other-app "the repository holds the app ${other%/hooks.py}, not $name"
  fault no-app "the repository has no $name/hooks.py: it is no Frappe app"
fi
[[ -f pyproject.toml || -f setup.py ]] || fault no-app "the repository has neither pyproject.toml nor setup.py"
[[ ! -e .gitmodules ]] || echo "submodules are left out, as bench does"
