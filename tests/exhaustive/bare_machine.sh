#!/bin/sh
# From a bare Debian 12 to the ledger: bare_machine.sh CLONE ROOT
#
# Makes a Debian tree in the folder ROOT with the prerequisites of the README and nothing else, copies the git repository CLONE into it,
# and runs the README's two commands there. Needs root and debootstrap. How the tree reaches Debian and PyPI is taken from this machine.
set -eu
clone=$1
root=$2

mirror=$(sed -n 's/^URIs: *//p; s/^deb  *\(\[.*\] *\)\?\(http[^ ]*\).*/\2/p' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | head -n 1)
debootstrap --variant=minbase --include=python3,python3-venv,make,git,ca-certificates bookworm "$root" "$mirror"

cp /etc/resolv.conf "$root/etc/resolv.conf"
for trust in /etc/ssl/certs/ca-certificates.crt /etc/pip.conf; do
    test ! -e "$trust" || cp --dereference "$trust" "$root$trust"
done
mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
trap 'umount "$root/proc" "$root/dev"' EXIT

git clone --quiet "$clone" "$root/srv/compendium"
# git, asked for the tracked files by the tests, wants the clone to belong to who asks
in_tree() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root $(env | grep -E '^(PIP_|https?_proxy=|SSL_)' || true) chroot "$root" sh -c "cd /srv/compendium && $1"; }
in_tree make
in_tree "make test"
