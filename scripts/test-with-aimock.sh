#!/usr/bin/env bash
# The online path of the built program against @copilotkit/aimock: a mock of OpenAI's API that nobody here wrote.
# Usage: scripts/test-with-aimock.sh [path of tonewright]      (default: build/release/tonewright)
# Needs Node 20.15 or newer and npm, and installs the mock below build/; without them it says so and ends with 0.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath -m "${1:-build/release/tonewright}")
package=@copilotkit/aimock@1
key=aimock-SENTINEL-key-1

skip() {
    echo "Skipped: $1" >&2
    exit 0
}

[ -x "$program" ] || { echo "There is no program at $program; build it first." >&2; exit 1; }
command -v node >/dev/null && command -v npm >/dev/null || skip "the test with aimock needs Node 20.15 or newer and npm."
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 15) ? 0 : 1)' ||
    skip "the test with aimock needs Node 20.15 or newer; this is $(node --version)."

home=build/aimock
mkdir -p "$home"
cli=$home/node_modules/@copilotkit/aimock/dist/cli.js
if [ ! -f "$cli" ]; then
    timeout 120 npm install --prefix "$home" --no-audit --no-fund --silent "$package" >"$home/install.log" 2>&1 ||
        skip "npm could not install $package (see $home/install.log)."
fi

# Nothing of this user's settings or keys, and no proxy, comes into the test.
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
work=$(mktemp -d)
server=
cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
AIMOCK_API_KEYS=$key node "$cli" -p "$port" -h 127.0.0.1 -f tests/online/aimock-fixtures.json --strict >"$work/aimock.log" 2>&1 &
server=$!
export TONEWRIGHT_CONFIG_DIR=$work/config OPENAI_BASE_URL=http://127.0.0.1:$port/v1 TONEWRIGHT_MODEL=gpt-4o-mini
node -e '
    const end = Date.now() + 15000
    const ask = () => fetch(process.argv[1]).then(() => process.exit(0), () => Date.now() > end ? process.exit(1) : setTimeout(ask, 100))
    ask()' "$OPENAI_BASE_URL/models" || { cat "$work/aimock.log" >&2; echo "aimock did not start." >&2; exit 1; }

control() { # path below /__aimock/, body
    node -e '
        const [url, key, body] = process.argv.slice(1)
        fetch(url, { method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": "application/json" }, body })
            .then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))' \
        "http://127.0.0.1:$port/__aimock/$1" "$key" "$2"
}

failures=0
# Generates, then holds the preset against a JavaScript condition on `preset`, `source` and `seconds`.
expect() { # title, key, prompt, condition
    local title=$1 given_key=$2 prompt=$3 condition=$4 begin
    begin=$(date +%s.%N)
    if OPENAI_API_KEY=$given_key timeout 60 "$program" generate "$prompt" --engine openai -o "$work/preset.tone.json" >"$work/out" 2>"$work/err" &&
        node -e '
            const [file, begin, condition] = process.argv.slice(1)
            const preset = JSON.parse(require("fs").readFileSync(file, "utf8"))
            const source = preset.source, seconds = Date.now() / 1000 - begin
            const ok = eval(condition)
            if (!ok) console.error(JSON.stringify({ name: preset.name, source, seconds }))
            process.exit(ok ? 0 : 1)' "$work/preset.tone.json" "$begin" "$condition"; then
        echo "ok      $title"
    else
        failures=$((failures + 1))
        echo "FAILED  $title" >&2
        cat "$work/err" >&2
    fi
    cat "$work/out" "$work/err" "$work/preset.tone.json" >>"$work/everything" 2>/dev/null || true
    rm -f "$work/preset.tone.json"
}
fell_back='source.fallback && source.engine === "offline" && /^[A-Z].*\.$/.test(source.fallbackReason)'

expect "a good answer is the preset" "$key" "aimock: good crunch" \
    '!source.fallback && source.engine === "openai" && preset.name === "Mocked Crunch" && Math.abs(preset.parameters["amp.gain"] - 6.5) <= 1.5 && preset.parameters["amp.mid"] === 6 && preset.parameters["reverb.mix"] === 15'
expect "an intent alone becomes a preset" "$key" "aimock: intent only" \
    '!source.fallback && preset.name === "Mocked Intent" && preset.parameters["reverb.type"] === "hall" && preset.parameters["reverb.enabled"] && !preset.parameters["delay.enabled"] && preset.parameters["amp.treble"] < 5'
expect "prose, a fence and a gain of 99 are understood and clamped" "$key" "aimock: schema ignored" \
    '!source.fallback && preset.name === "Mocked Prose" && preset.parameters["amp.gain"] === 10'
expect "a wrong key: a sentence and the offline generator" "wrong-SENTINEL-key" "aimock: good crunch" \
    "$fell_back && /key/.test(source.fallbackReason)"
expect "429, then the answer after the second it asks for" "$key" "aimock: busy at first" \
    '!source.fallback && preset.name === "Mocked Patience" && seconds >= 1'
expect "no credit left: one attempt, then the offline generator" "$key" "aimock: out of money" \
    "$fell_back && /credit/.test(source.fallbackReason) && seconds < 5"
expect "a cut answer: the offline generator" "$key" "aimock: cut short" "$fell_back"
control chaos '{"malformedRate":1}' || { echo "aimock's chaos switch does not work." >&2; failures=$((failures + 1)); }
expect "broken JSON: the offline generator" "$key" "aimock: good crunch" "$fell_back"
control chaos '{"malformedRate":0,"disconnectRate":1}' || failures=$((failures + 1))
expect "a dropped connection: the offline generator" "$key" "aimock: good crunch" "$fell_back"

if grep -rq SENTINEL "$work/everything" "$work/config"; then
    echo "FAILED  the key is nowhere in presets, output and log" >&2
    grep -rl SENTINEL "$work/everything" "$work/config" >&2
    failures=$((failures + 1))
else
    echo "ok      the key is nowhere in presets, output and log"
fi
[ "$failures" -eq 0 ] || { echo "$failures of the checks against aimock failed." >&2; exit 1; }
