#!/usr/bin/env bash
# From a fresh machine to a sound: installs what is missing, builds, turns words into a preset with the embedded offline
# generator, plays a dry guitar through it and draws what happened. Leaves everything in demo/.
set -euo pipefail

usage() {
    cat >&2 <<'TEXT'
Usage: scripts/demo.sh "PROMPT" [--in DRY.wav] [--style chords|lead|palm-mute|arpeggio] [--seconds S] [--open]
  --in      your own dry guitar instead of the built-in synthesised riff
  --style   which riff (default: chords)
  --seconds its length (default: 8)
  --open    start the standalone amplifier afterwards
Example: scripts/demo.sh "warm jazz clean with a touch of plate"
TEXT
    exit 2
}

fail() {
    echo "$1" >&2
    exit 1
}

need_value() { # an option and what follows it
    [ $# -ge 2 ] || {
        echo "$1 needs a value." >&2
        usage
    }
}

prompt=""
input=""
style="chords"
seconds="8"
open=false
while [ $# -gt 0 ]; do
    case "$1" in
    --in)
        need_value "$@"
        input=$2
        shift 2
        ;;
    --style)
        need_value "$@"
        style=$2
        shift 2
        ;;
    --seconds)
        need_value "$@"
        seconds=$2
        shift 2
        ;;
    --open)
        open=true
        shift
        ;;
    -h | --help) usage ;;
    --*)
        echo "Unknown option $1." >&2
        usage
        ;;
    *)
        [ -z "$prompt" ] || {
            echo "Put the prompt in quotes." >&2
            usage
        }
        prompt=$1
        shift
        ;;
    esac
done
[ -n "${prompt//[[:space:]]/}" ] || usage
[ -z "$input" ] || [ -r "$input" ] || fail "Cannot read $input; give --in a WAV file of a dry guitar."
[ -z "$input" ] || input=$(realpath -- "$input")

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
build="$root/build/release"
demo="$root/demo"
program="$build/tonewright"

"$root/scripts/install-dependencies.sh"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
cd "$root"
cmake --preset release >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    fail "Configuring the build failed (see above)."
}
targets=(tonewright)
"$open" && targets+=(TonewrightPlugin_Standalone)
cmake --build "$build" --target "${targets[@]}" || fail "Building failed (see above)."

mkdir -p "$demo"
if [ -n "$input" ]; then
    [ "$input" -ef "$demo/dry.wav" ] || cp -f -- "$input" "$demo/dry.wav"
else
    "$program" riff --style "$style" --seconds "$seconds" -o "$demo/dry.wav"
fi
echo
"$program" make --engine offline -i "$demo/dry.wav" -o "$demo/wet.wav" --preset-out "$demo/preset.tone.json" -- "$prompt"
"$program" picture --dry "$demo/dry.wav" --wet "$demo/wet.wav" --title="$prompt" -o "$demo/tone.png"
echo "Written: demo/dry.wav  demo/wet.wav  demo/preset.tone.json  demo/tone.png"

if "$open"; then
    standalone=$(find "$build" -type f -path '*Standalone*' -name 'Tonewright*' -perm -u+x | head -n 1)
    [ -n "$standalone" ] || fail "The standalone amplifier was not built."
    "$standalone" >/dev/null 2>&1 &
    echo "Started $standalone; load demo/preset.tone.json there."
fi
