#!/usr/bin/env bash
# H3: a plugin shares its process with strangers: it may export its entry points and nothing else, and link only what
# is on the list. Usage: check-exports.sh LIBRARY ALLOWED_SYMBOL...
set -uo pipefail
library=$1
shift
allowed=$(printf '%s\n' "$@" | sort)
exported=$(nm -D --defined-only "$library" | awk '{print $3}' | sed 's/@.*//' | sort)
surplus=$(comm -13 <(echo "$allowed") <(echo "$exported"))
missing=$(comm -23 <(echo "$allowed") <(echo "$exported"))
status=0
[ -z "$surplus" ] || { echo "exported, but must not be:"; echo "$surplus"; status=1; }
[ -z "$missing" ] || { echo "not exported, but must be:"; echo "$missing"; status=1; }

# The C and C++ libraries, and plain libraries of signal processing, pictures and codecs. No toolkit, no libcurl: a host
# may have those in another version (X11 and libcurl are loaded at run time, where they are).
known='ld-linux.*|linux-vdso|libc|libm|libgcc_s|libstdc\+\+|libdl|libpthread|librt|libatomic'
known+='|libfftw3f|libfftw3f_threads|libebur128|libsamplerate|libspdlog|libfmt|libhwy|libsndfile'
known+='|libfreetype|libfontconfig|libz|libpng16|libjpeg|libFLAC|libvorbis|libvorbisenc|libvorbisfile|libogg|libasound|libjack'
strangers=$(readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p' | grep -Ev "^($known)\.so(\.[0-9.]+)?$")
[ -z "$strangers" ] || { echo "links what is not on the list:"; echo "$strangers"; status=1; }
# The code must stay mapped: a resolver thread of libcurl may outlive the plugin.
readelf -d "$library" | grep -q NODELETE || { echo "lacks the flag NODELETE"; status=1; }
exit $status
