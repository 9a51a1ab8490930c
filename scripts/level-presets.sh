#!/usr/bin/env bash
# Sets output.level in every factory preset so that all play at -18 LUFS (`tonewright presets audition`). After a change
# of sound, before golden data is made anew. Usage: scripts/level-presets.sh [FILE...]
set -euo pipefail
cd "$(dirname "$0")/.."
program=${TONEWRIGHT:-build/release/tonewright}
[ $# -gt 0 ] || set -- resources/presets/*.tone.json
"$program" presets audition "$@" | while read -r level _ loudness _ file; do
    sed -i -E "s/(\"output\.level\": )-?[0-9.]+/\1$level/" "$file"
    grep -q "\"output.level\": $level" "$file" || echo "level-presets: $file has no output.level; add one." >&2
    awk -v loudness="$loudness" 'BEGIN { exit !(loudness < -18.5 || loudness > -17.5) }' &&
        echo "level-presets: $file reaches $loudness LUFS only, held by its peaks or the range of output.level." >&2
done
exit 0
