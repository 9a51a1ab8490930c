#!/usr/bin/env bash
# From a fresh machine to tested: installs what is missing, builds everything and runs every test, headless.
# Usage: scripts/test.sh [--quick | --full]
#   --quick  the release build and its tests only: no sanitizer, no fuzzing
#   --full   with the second compiler and clang-tidy as well
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-}
# A compiler cache serves every checkout alike.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
started=$SECONDS
passed=0
failed=0

step() {
    local title=$1
    shift
    local begin=$SECONDS
    echo "==> $title"
    if "$@"; then
        passed=$((passed + 1))
        echo "    ok ($((SECONDS - begin)) s)"
    else
        failed=$((failed + 1))
        echo "    FAILED: $title ($((SECONDS - begin)) s)" >&2
    fi
}

build() { # preset, then what to build
    local preset=$1 benchmarks=OFF
    shift
    if [ "$preset" = release ]; then benchmarks=ON; fi
    cmake --preset "$preset" -DTONEWRIGHT_BUILD_TESTS=ON -DTONEWRIGHT_BUILD_BENCHMARKS="$benchmarks" \
        -DTONEWRIGHT_WARNINGS_AS_ERRORS=ON >"build/$preset.configure.log" 2>&1 ||
        { tail -n 20 "build/$preset.configure.log"; return 1; }
    cmake --build "build/$preset" --parallel "$(nproc)" ${*:+--target "$@"} >"build/$preset.build.log" 2>&1 ||
        { grep -E 'error|warning|FAILED' "build/$preset.build.log" | head -n 40; return 1; }
}

on_a_screen() { # a command, with a screen of its own
    # Proxies of the environment must not come between a test and its loopback server.
    env -u http_proxy -u https_proxy -u all_proxy -u HTTP_PROXY -u HTTPS_PROXY -u ALL_PROXY -u OPENAI_API_KEY -u OPENAI_BASE_URL \
        -u TONEWRIGHT_MODEL xvfb-run -a -s "-screen 0 1600x1200x24 -noreset" "$@"
}

run_tests() { # preset, then further arguments of ctest
    local preset=$1
    shift
    on_a_screen ctest --test-dir "build/$preset" --output-on-failure --parallel "$(nproc)" --timeout 600 "$@"
}

# For sanitizers, where starting a process per test would take longer than the tests: preset, then test programs, the longest first.
run_programs() {
    local preset=$1
    shift
    printf '%s\n' "$@" | on_a_screen xargs -P "$(nproc)" -I{} sh -c '
        "$(find "build/$1/tests" -name "$2" -type f)" --gtest_brief=1 >"build/$1.$2.log" 2>&1
        result=$?
        if [ $result -eq 0 ]; then tail -n 2 "build/$1.$2.log"
        else
            tail -n 5 "build/$1.$2.log"
            grep -E -A 15 "ERROR: |WARNING: |runtime error|Failure|FAILED" "build/$1.$2.log" | head -n 80
        fi
        exit $result' _ "$preset" {}
}

scripts/install-dependencies.sh --with-tests
mkdir -p build

step "Formatting and the rules of the house" scripts/lint.sh
step "Release build (gcc, warnings are errors)" build release
step "Tests" run_tests release
step "Online path against an independent server" scripts/test-with-aimock.sh build/release/tonewright
step "Benchmarks run" build/release/benchmarks/chain_benchmark --benchmark_min_time=0.05 --benchmark_filter=-BM_factoryPreset

threaded_tests=(generation_tests plugin_tests realtime_tests messaging_tests assets_tests)
if [ "$mode" != "--quick" ]; then
    step "Fuzzing what reads text from outside, for 60 s" scripts/fuzz.sh 60
    step "ThreadSanitizer build" build thread-sanitizer "${threaded_tests[@]}"
    step "Threaded tests under ThreadSanitizer" run_programs thread-sanitizer "${threaded_tests[@]}"
    all_tests=(dsp_tests "${threaded_tests[@]}" tone_tests)
    step "AddressSanitizer and UBSan build" build address-sanitizer "${all_tests[@]}"
    step "Tests under AddressSanitizer and UBSan" run_programs address-sanitizer "${all_tests[@]}"
fi
if [ "$mode" = "--full" ]; then
    step "Clang build (warnings are errors)" build clang
    step "clang-tidy" scripts/lint.sh --tidy build/clang
fi

echo "Took $((SECONDS - started)) s. Steps:"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
