#!/usr/bin/env bash
# Installs what Tonewright needs to build, run and test on Debian 12 (or a close relative), and nothing that is there already.
# Usage: scripts/install-dependencies.sh [--with-tests]
set -euo pipefail

packages=(
    # toolchain
    build-essential cmake ninja-build pkg-config ccache git
    # plugin formats and user interface
    juce-modules-source juce-tools
    libasound2-dev libjack-jackd2-dev libx11-dev libxext-dev libxrandr-dev libxinerama-dev libxcursor-dev
    libxcomposite-dev libxrender-dev libfreetype-dev libfontconfig1-dev fonts-dejavu-core libgl-dev
    libflac-dev libvorbis-dev libogg-dev libpng-dev libjpeg-dev zlib1g-dev
    # the core and the command line
    libcurl4-openssl-dev ca-certificates nlohmann-json3-dev libspdlog-dev libfftw3-dev libsndfile1-dev
    libsamplerate0-dev libebur128-dev libhwy-dev libcairo2-dev libcli11-dev
)
test_packages=(
    libgtest-dev libgmock-dev libbenchmark-dev libcpp-httplib-dev libssl-dev
    libconcurrentqueue-dev libreaderwriterqueue-dev libboost-dev # what the queue benchmark compares with
    clang-14 clang-tidy-14 clang-format-14 libclang-rt-14-dev
    guitarix-lv2 liblilv-dev # what the chain is compared with
    lilv-utils lv2-dev sordi xvfb xauth x11-utils imagemagick
)
[ "${1:-}" = "--with-tests" ] && packages+=("${test_packages[@]}")

missing=()
for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = "installed" ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "Tonewright installs its dependencies with apt-get, which this system lacks; please install by hand: ${missing[*]}" >&2
    exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "These packages are missing and can only be installed as root or with sudo: ${missing[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing ${#missing[@]} packages: ${missing[*]}"
install() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1
}
"${as_root[@]}" apt-get update >"$log" 2>&1 || true # a stale list may still do; the install decides
if ! install; then
    tail -n 15 "$log" >&2
    for package in "${missing[@]}"; do
        apt-cache show "$package" >/dev/null 2>&1 || absent+=("$package")
    done
    if [ -n "${absent[*]:-}" ]; then
        echo "This system's package sources do not offer: ${absent[*]}. Tonewright needs Debian 12 with its main section." >&2
    else
        echo "Installing ${missing[*]} failed (see above); check the network and 'apt-get install' by hand." >&2
    fi
    exit 1
fi
