#!/usr/bin/env bash
# Draws docs/images/sound anew by measuring every stage. After a change of sound; configure with
# -DTONEWRIGHT_BUILD_TESTS=ON -DTONEWRIGHT_BUILD_BENCHMARKS=ON. Usage: scripts/sound-figures.sh [BUILD_DIRECTORY]
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
cmake --build "$build" --target sound_figures
"$build/benchmarks/sound_figures" docs/images/sound
