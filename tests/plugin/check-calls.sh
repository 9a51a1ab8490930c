#!/usr/bin/env bash
# H3: what belongs to the host's process is the host's: our own code never forks it, never ends it, and leaves signal
# handlers, locale, working directory and environment alone. (The keyring's program is started by posix_spawn, which
# copies nothing of the host; JUCE's file chooser forks when it is opened, so the whole plugin cannot be held to this.)
# Usage: check-calls.sh STATIC_LIBRARY...
set -uo pipefail
forbidden='fork|vfork|clone|exec[lv]p?e?|execvpe|system|popen|exit|_exit|quick_exit|raise'
forbidden+='|signal|sigaction|setlocale|chdir|fchdir|umask|setenv|putenv|unsetenv|clearenv|setrlimit|setpriority'
status=0
for library in "$@"; do
    found=$(nm -A --undefined-only "$library" 2>/dev/null | grep -E " U ($forbidden)$")
    [ -z "$found" ] || { echo "$found"; status=1; }
done
# The control: the check sees what is there.
seen=$(nm -A --undefined-only "$@" 2>/dev/null | grep -cE " U (malloc|memcpy|_Znwm)$")
[ "$seen" -gt 0 ] || { echo "nm shows nothing"; status=1; }
exit $status
