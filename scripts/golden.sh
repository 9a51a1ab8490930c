#!/usr/bin/env bash
# Measures every factory preset afresh, says what moved, and writes tests/dsp/golden.txt.
# Usage: scripts/golden.sh [BUILD_DIRECTORY]   (default: build/release, with dsp_tests built)
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-build/release}/tests/dsp_tests
if [ ! -x "$program" ]; then
    echo "golden: $program is missing; build the target dsp_tests first." >&2
    exit 1
fi
TONEWRIGHT_WRITE_GOLDEN=1 "$program" --gtest_brief=1 --gtest_filter=Golden.everyFactoryPresetSoundsAsWrittenDown
