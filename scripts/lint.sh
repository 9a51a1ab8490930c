#!/usr/bin/env bash
# Formatting, the rules of who may include whom, and (with --tidy) clang-tidy's naming and bug checks. Changes nothing.
# Usage: scripts/lint.sh [--tidy BUILD_DIRECTORY]
set -euo pipefail
cd "$(dirname "$0")/.."
failures=0

mapfile -t files < <(find source tests benchmarks -name '*.h' -o -name '*.cpp' | sort)
if ! clang-format-14 --dry-run -Werror "${files[@]}"; then
    echo "lint: run clang-format-14 -i on the files above." >&2
    failures=1
fi

while read -r lines file; do
    echo "lint: $file has $lines lines; one idea a file fits into 400." >&2
    failures=1
done < <(wc -l "${files[@]}" | awk '$2 != "total" && $1 > 400')

# room -> rooms it may include besides itself (docs/architecture.md, section 2)
declare -A may_include=(
    [realtime]=""
    [tone]=""
    [dsp]="tone realtime"
    [assets]="tone realtime dsp"
    [messaging]="tone realtime"
    [generation]="tone realtime messaging"
    [bench]="tone realtime messaging generation dsp"
    [plugin]="tone realtime messaging generation dsp assets"
    [cli]="tone realtime messaging generation dsp assets bench"
)
for room in "${!may_include[@]}"; do
    while IFS=: read -r file _ included; do
        [ -z "$file" ] && continue
        other=${included#*\"}
        other=${other%%/*}
        [ "$other" = "$room" ] && continue
        case " ${may_include[$room]} " in *" $other "*) continue ;; esac
        # The audition's ear is the one part of generation that hears what it wrote.
        [ "$room" = generation ] && [ "$other" = dsp ] && [[ "$file" == */AuditionEar.* ]] && continue
        [ -n "${may_include[$other]+known}" ] || continue
        echo "lint: $file: $room must not include $other" >&2
        failures=1
    done < <(grep -rn '^#include "' "source/$room" --include='*.h' --include='*.cpp' || true)
done
if grep -rln 'JuceHeader\|juce_' source --include='*.h' --include='*.cpp' | grep -v '^source/plugin/' >&2; then
    echo "lint: only source/plugin may know JUCE." >&2
    failures=1
fi
# Two exceptions: an HTTP date in Retry-After is wall time, and the command line's main thread dispatches at 60 Hz.
if grep -rnE 'detach\(\)|system_clock|sleep_for' source --include='*.h' --include='*.cpp' |
    grep -vE '^source/generation/openai/ServerError\.(h|cpp):.*system_clock|^source/cli/Generation\.cpp:.*sleep_for' >&2; then
    echo "lint: threads are joined, clocks are steady, waits can be cancelled." >&2
    failures=1
fi

# What the audio thread runs lies in these rooms; the files left out prepare, render or measure on other threads.
if grep -rnE '\b(std::(mutex|lock_guard|scoped_lock|condition_variable|function|cout|cerr)|throw|printf)\b' \
    source/realtime source/dsp --include='*.h' --include='*.cpp' |
    grep -vE '^source/dsp/(measure/|CabinetBank\.|RealFft\.|OfflineRender\.)|^source/realtime/Threads\.cpp|: *//' >&2; then
    echo "lint: no lock, exception, text or type-erased call where the audio thread runs." >&2
    failures=1
fi

if [ "${1:-}" = "--tidy" ]; then
    # Every header of the core compiles alone.
    find source -name '*.h' -not -path 'source/plugin/*' | sort |
        xargs -P "$(nproc)" -I{} sh -c 'echo "#include \"${1#source/}\"" | g++ -std=c++20 -fsyntax-only -Isource -x c++ - || { echo "lint: $1 does not compile alone" >&2; exit 255; }' _ {} ||
        failures=1
    mapfile -t sources < <(find source -name '*.cpp' -not -path 'source/plugin/*' | sort)
    printf '%s\n' "${sources[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy-14 --quiet -p "$2" 2>/dev/null || failures=1
fi
exit "$failures"
