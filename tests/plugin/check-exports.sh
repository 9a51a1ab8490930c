#!/usr/bin/env bash
# A plugin shares its process with strangers: it may export its entry points and nothing else, and link only what a
# desktop has. Usage: check-exports.sh LIBRARY ALLOWED_SYMBOL...
set -uo pipefail
library=$1
shift
allowed=$(printf '%s\n' "$@" | sort)
exported=$(nm -D --defined-only "$library" | awk '{print $3}' | sed 's/@.*//' | sort)
surplus=$(comm -13 <(echo "$allowed") <(echo "$exported"))
missing=$(comm -23 <(echo "$allowed") <(echo "$exported"))
linked=$(readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p')
status=0
[ -z "$surplus" ] || { echo "exported, but must not be:"; echo "$surplus"; status=1; }
[ -z "$missing" ] || { echo "not exported, but must be:"; echo "$missing"; status=1; }
if grep -Eq "libcurl|libgtk|libQt|libwebkit" <<<"$linked"; then
    echo "links a library that a host may have in another version: $linked"
    status=1
fi
# The code must stay mapped: a resolver thread of libcurl may outlive the plugin.
readelf -d "$library" | grep -q NODELETE || { echo "lacks the flag NODELETE"; status=1; }
exit $status
