#pragma once

#include "generation/Cancellation.h"

#include <string>

namespace tonewright
{

/// Which language model to ask. The key is a secret: it lives in memory and in the key store, never in a
/// preset, a DAW's state, a log or an error message.
struct ServerSettings
{
    std::string baseUrl = "https://api.openai.com/v1"; ///< without the final slash; http only for loopback
    std::string model = "gpt-4o-mini";
    std::string key; ///< may be empty for a local server
    /// The desktop's keyring may know a key, or shall take over this one; a worker has to ask it.
    bool keyMayBeInKeyring = false;

    /// [any] Worth asking: the address is usable, and a key is there or the server is not OpenAI's own (local
    /// servers need none).
    bool isConfigured() const;
};

/// [worker] Fetches the key out of the desktop's keyring, where the settings say that it may be there;
/// whether one was.
bool fetchKey(ServerSettings& server, const Cancellation& cancellation);

} // namespace tonewright
