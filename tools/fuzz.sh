#!/bin/sh
# fuzz.sh - every fuzz target for SECONDS_EACH seconds (60 by default), with clang, sanitizers and the kept corpus.
# usage: fuzz.sh BUILD
# A crash leaves its input in fuzz/corpus/NAME/ and exits 1: keep the file, it is the regression test.
set -eu
build=${1:?usage: fuzz.sh BUILD}
seconds=${SECONDS_EACH:-60}
mkdir -p "$build"
# What is printed needs the fonts, which `ninja` has made, and the libraries that read them.
fonts_of() {
    grep -q '"pdf/' "$1" || return 0
    echo "$build/../sanitized/src/pdf/fonts_inside.S -l:libharfbuzz.so.0 -l:libharfbuzz-subset.so.0 -lfribidi -lz"
}
for target in fuzz/fuzz_*.c; do
    name=$(basename "$target" .c | sed 's/^fuzz_//')
    program=$build/$name
    printf '%-12s ' "$name"
    # Only what the target's parser stands on is linked. What it never calls may be missing there: a call would end the run at once.
    clang -std=c17 -D_GNU_SOURCE -g -O1 -fno-pie -no-pie -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
        -ffunction-sections -Wl,--gc-sections -Wl,--unresolved-symbols=ignore-all -iquote src -iquote "$build/../sanitized/src" -isystem build/headers/usr/include/harfbuzz -isystem /usr/include/harfbuzz -isystem /usr/include/fribidi \
        "$target" $(tools/fuzz_sources.py "$target") $(fonts_of "$target") -lcrypto -lsodium -lutf8proc -lpthread -o "$program"
    mkdir -p "fuzz/corpus/$name" "$build/$name.grown"
    "$program" -max_total_time="$seconds" -max_len=65536 -timeout=10 -print_final_stats=1 \
        -artifact_prefix="fuzz/corpus/$name/crash-" "$build/$name.grown" "fuzz/corpus/$name" >"$build/$name.log" 2>&1 || {
            echo "FOUND:"
            tail -30 "$build/$name.log"
            exit 1
        }
    grep -E 'stat::number_of_executed_units' "$build/$name.log" | awk '{print $2 " runs, nothing found"}'
done
