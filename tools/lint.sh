#!/bin/sh
# lint.sh - what the compiler does not say: floors, banned calls, cppcheck, clang-tidy, and gcc -fanalyzer as a report.
# usage: lint.sh BUILD    (a configured build folder; `make lint` gives it)
# Exit 1 when floors, banned calls, cppcheck or clang-tidy find something. -fanalyzer reports and does not fail.
set -u
build=${1:?usage: lint.sh BUILD}
failed=0

step() {
    name=$1
    shift
    printf '%-12s ' "$name"
    if output=$("$@" 2>&1); then
        echo ok
    else
        echo found:
        echo "$output" | head -60
        failed=1
    fi
}

tidy() {
    # Third-party headers are not ours to mend; the list of checks stands in .clang-tidy.
    find src -name '*.c' -print0 | xargs -0 -n 4 -P 2 clang-tidy --quiet -p "$build" --warnings-as-errors='*' 2>/dev/null |
        grep -E 'error:|warning:' && return 1
    return 0
}

step floors python3 tools/check_floors.py
step banned python3 tools/check_banned.py
# memleak: it does not understand the cleanup attribute; returnDanglingLifetime: it takes an Err by value for a pointer.
# internalAstError: it cannot read `a ? (Type){0} : b`.
step cppcheck cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr -j 2 \
    --enable=warning,portability --suppress=missingIncludeSystem --suppress=memleak --suppress=returnDanglingLifetime --suppress=internalAstError --suppress=preprocessorErrorDirective \
    -I src -I "$build/src" src
step clang-tidy tidy

printf '%-12s ' '-fanalyzer'
found=$(find src -name '*.c' | while read -r file; do
    gcc -std=c17 -D_GNU_SOURCE -DSTAFETTLOGG_VERSION='""' -iquote src -iquote "$build/src" -O1 -fanalyzer -c -o /dev/null "$file" 2>&1
done | grep -c 'Wanalyzer')
echo "$found remarks (reported only)"
exit $failed
