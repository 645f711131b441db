#!/usr/bin/env bash
# Packs one commit of a repository, for a build that cannot fetch it: pack.sh URL COMMIT REF FILE
#
# It runs on the host, with its files, ssh keys and agent. It reports a missing commit as "erp-installer: message".
set -euo pipefail
url=$1 commit=$2 ref=$3 file=$(realpath -m "$4")
# Always the same directory, beside the file: after a kill, the next run removes it.
work=$file.fetching
rm -rf "$work"
trap 'rm -rf "$work"' EXIT
mkdir -m 700 "$work"

git init --quiet --bare "$work"
cd "$work"
if ! git fetch --quiet --depth 1 "$url" "$commit"; then
  # Servers may refuse commits that no branch or tag points at.
  if [[ $ref == "$commit" ]]; then
    git fetch --quiet "$url" '+refs/heads/*:refs/remotes/all/*'
  else
    git fetch --quiet "$url" "$ref"
  fi
fi
git cat-file -e "$commit^{commit}" 2>/dev/null || {
  echo "erp-installer: $ref does not lead to the locked commit $commit any more" >&2
  exit 1
}
# Without history, and with one thread: the same commit then gives the same pack, and the builder finds its cache.
echo "$commit" >shallow
echo "$commit" | git -c pack.threads=1 pack-objects --quiet --revs --stdout >"$work/whole.pack"
mv "$work/whole.pack" "$file"
