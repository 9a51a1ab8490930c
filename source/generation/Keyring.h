#pragma once

#include "generation/Cancellation.h"
#include "tone/Result.h"

#include <optional>
#include <string>
#include <string_view>

namespace tonewright
{

/// The desktop's keyring (Secret Service: GNOME Keyring, KWallet, KeePassXC), reached through the program
/// secret-tool of the package libsecret-tools. A program of its own, because the library would bring GLib,
/// D-Bus and their threads into a host that may carry others of the same name, and cannot be interrupted
/// while a locked keyring asks for its password. The key goes through pipes, never through arguments.
///
/// An error means there is no such program, nobody answers, or the wait was cancelled; the caller then has
/// the key file. $TONEWRIGHT_KEYRING names another program, or none when empty; there is none as well where
/// $TONEWRIGHT_CONFIG_DIR keeps this process apart from the user's own settings.
class Keyring
{
public:
    /// [any] Whether there may be one: the name of a program. Does not look for it.
    static bool isAllowed();

    /// [worker] The key kept for an origin, or nothing. At most 10 s.
    static Result<std::optional<std::string>> find(std::string_view origin, const Cancellation& cancellation);

    /// [worker] Keeps a key, and reads it back to be sure. At most 20 s.
    static Result<Done> keep(std::string_view origin, std::string_view key, const Cancellation& cancellation);

    /// [worker] Forgets the key of an origin. At most 10 s.
    static Result<Done> forget(std::string_view origin, const Cancellation& cancellation);
};

} // namespace tonewright
