#!/usr/bin/env bash
# Feeds invented text to whatever reads text from outside (answers, streams, error bodies, preset files) under libFuzzer,
# AddressSanitizer and UBSan. Inputs that reach new code are kept in build/fuzz/corpus for the next run.
# Usage: scripts/fuzz.sh [SECONDS]      (default 60, shared by all targets)
set -euo pipefail
cd "$(dirname "$0")/.."
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
seconds=${1:-60}
targets=(answer stream preset error)
build=build/fuzz

mkdir -p build
cmake --preset fuzz -DTONEWRIGHT_WARNINGS_AS_ERRORS=ON >build/fuzz.configure.log 2>&1 ||
    { tail -n 20 build/fuzz.configure.log >&2; exit 1; }
cmake --build "$build" --parallel "$(nproc)" --target "${targets[@]/#/fuzz_}" >build/fuzz.build.log 2>&1 ||
    { grep -E 'error|warning|FAILED' build/fuzz.build.log | head -n 40 >&2; exit 1; }

workers=$(nproc)
[ "$workers" -le "${#targets[@]}" ] || workers=${#targets[@]}
each=$((seconds * workers / ${#targets[@]}))
[ "$each" -gt 0 ] || each=1

run() { # target
    local target=$1 seeds=tests/fuzz/seeds/$1
    [ "$target" != preset ] || seeds=resources/presets
    mkdir -p "$build/corpus/$target"
    if "$build/tests/fuzz/fuzz_$target" -max_total_time="$each" -timeout=10 -rss_limit_mb=2048 -max_len=16384 \
        -dict=tests/fuzz/json.dict -artifact_prefix="$build/$target-" -print_final_stats=1 \
        "$build/corpus/$target" "$seeds" >"$build/$target.log" 2>&1; then
        echo "ok      $target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$target.log") inputs in $each s"
    else
        echo "FAILED  $target (see $build/$target.log; the input is $(ls -t "$build/$target"-* 2>/dev/null | head -n 1))" >&2
        tail -n 40 "$build/$target.log" >&2
        return 1
    fi
}

failed=0
for ((first = 0; first < ${#targets[@]}; first += workers)); do
    running=()
    for target in "${targets[@]:first:workers}"; do
        run "$target" &
        running+=($!)
    done
    for job in "${running[@]}"; do
        wait "$job" || failed=1
    done
done
exit "$failed"
