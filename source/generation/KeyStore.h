#pragma once

#include "generation/Cancellation.h"
#include "tone/Result.h"

#include <optional>
#include <string>
#include <string_view>

namespace tonewright
{

/// Where keys stay between runs, each bound to its server's origin (BaseUrl::origin()): the desktop's keyring
/// where there is one (Keyring), else the file `credentials` in the configuration directory, mode 0600.
///
/// Whoever enters a key shall not wait for a keyring; so it goes to the file first, and the next worker that
/// has to look for it moves it on (not while it is a session's own entry). A key in the file is therefore
/// always the newer one.
class KeyStore
{
public:
    /// [message, worker] The key that waits in the file, or nothing. The error says what to do about a file
    /// that others can read, that belongs to somebody else or that is no key file; such a file is not used.
    static Result<std::optional<std::string>> find(std::string_view origin);

    /// [message, worker] Whether a key of an origin was moved to the keyring: the file keeps its place. Does
    /// not ask the keyring, which may open a dialog; whoever never entered a key never sees one.
    static bool isInKeyring(std::string_view origin);

    /// [any] What the keyring was last seen to hold in this run, without asking it.
    static std::optional<std::string> remembered(std::string_view origin);

    /// [worker] The key of an origin, out of the file (and moved to the keyring) or out of the keyring, if
    /// one was moved there. A keyring that does not answer is not asked again for half a minute; one without
    /// the key, for five minutes.
    static Result<std::optional<std::string>> fetch(std::string_view origin,
                                                    const Cancellation& cancellation);

    /// [worker] Keeps a key in the file. The folder is created with mode 0700; other processes and threads
    /// that keep keys at the same time lose none, and are waited for (FileLock).
    static Result<Done> keep(std::string_view origin, std::string_view key,
                             const Cancellation& cancellation = {});

    /// [worker] Forgets a key: it is gone from the file and never asked for again. Where there is a keyring,
    /// a mark in the file leaves its copy to clearForgotten(). Waits as keep() does.
    static Result<Done> forget(std::string_view origin, const Cancellation& cancellation = {});

    /// [worker] Takes the keys that were forgotten out of the keyring. One that does not answer is asked
    /// again at a later call; without anything to forget it is not asked.
    static void clearForgotten(const Cancellation& cancellation);
};

/// [any] A key as typed or pasted: white space around it removed. An error when it is empty or holds
/// anything but visible ASCII (0x21 to 0x7E), which could smuggle a header into a request. Never repeats it.
Result<std::string> cleanKey(std::string_view typed);

} // namespace tonewright
