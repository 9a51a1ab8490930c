#pragma once

#include "tone/Result.h"

#include <optional>
#include <string>
#include <string_view>

namespace tonewright
{

/// Keys on disk: the file `credentials` in the configuration directory, mode 0600, each key bound to its
/// server's origin. Holds no state.
class KeyStore
{
public:
    /// [message, worker] The key kept for an origin (BaseUrl::origin()), or nothing. The error says what to
    /// do about a file that others can read, that belongs to somebody else or that is no key file; such a
    /// file is not used.
    static Result<std::optional<std::string>> find(std::string_view origin);

    /// [message, worker] Keeps a key for an origin; an empty key forgets it. The folder is created with mode
    /// 0700.
    static Result<Done> keep(std::string_view origin, std::string_view key);
};

/// [any] A key as typed or pasted: white space around it removed. An error when it is empty or holds
/// anything but visible ASCII (0x21 to 0x7E), which could smuggle a header into a request. Never repeats it.
Result<std::string> cleanKey(std::string_view typed);

} // namespace tonewright
