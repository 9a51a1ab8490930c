#!/usr/bin/env bash
# The built LV2 bundle as other people's tools see it. Usage: check-lv2.sh FOLDER_OF_BUNDLES URI; exit 77: tools missing.
set -uo pipefail
folder=$1
uri=$2
for tool in lv2ls lv2info lv2_validate; do
    command -v "$tool" >/dev/null || { echo "$tool is not installed"; exit 77; }
done
export LV2_PATH="$folder"
failures=0
fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

[ "$(lv2ls)" = "$uri" ] || fail "lv2ls shows '$(lv2ls)', not '$uri'"
lv2info "$uri" >/dev/null || fail "lv2info cannot read the plugin"

# JUCE's own description of a plugin has neither units nor usable choices; ours has.
for wanted in "units:unit units:ms" "units:unit units:db" 'rdfs:label "American Clean"' "rdf:value 6" "atom:Bool"; do
    grep -q "$wanted" "$folder"/*.lv2/dsp.ttl || fail "dsp.ttl lacks $wanted"
done

# lv2_validate needs the specifications, which live where the system keeps them.
for bundle in "$folder"/*.lv2; do
    output=$(LV2_PATH="/usr/lib/lv2:/usr/local/lib/lv2" lv2_validate "$bundle"/*.ttl 2>&1)
    status=$?
    echo "$output"
    [ $status -eq 0 ] || fail "lv2_validate ended with $status"
    if grep -qi "error\|warning" <<<"$(grep -v "Found 0 errors" <<<"$output")"; then
        fail "lv2_validate is not content"
    fi
done
exit $((failures > 0))
