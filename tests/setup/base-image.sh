#!/usr/bin/env bash
# Makes the root file system below the stand-in images: base-image.sh FILE.tar
#
# It uses Debian's own bootstrap, because tests may run where no Debian image can be pulled.
set -euo pipefail

tar=$(realpath -m "$1")
root=$(mktemp -d "${tar%/*}/debootstrap.XXXXXX")
trap 'rm -rf "$root"' EXIT

debootstrap --variant=minbase bookworm "$root" >"$root.log" 2>&1 || {
  tail -n 5 "$root.log" >&2
  exit 1
}
rm -f "$root.log"

# A broken result is thrown away, so dpkg need not wait for the disk; manuals are not needed.
cat >"$root/etc/dpkg/dpkg.cfg.d/standins" <<'EOF'
force-unsafe-io
path-exclude /usr/share/doc/*
path-exclude /usr/share/man/*
path-exclude /usr/share/locale/*
EOF
cat >"$root/etc/apt/apt.conf.d/standins" <<'EOF'
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "3";
Dpkg::Use-Pty "false";
quiet "2";
EOF
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale,info}/* \
  "$root"/var/log/*.log "$root/etc/hostname" "$root/etc/resolv.conf"
tar --create --directory "$root" --sort=name --numeric-owner --file "$tar.part" .
mv "$tar.part" "$tar"
