#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tonewright
{

/// Takes a secret out of foreign text: as it is (in any letter case), with any of its characters
/// percent-encoded, escaped for JSON and in base64. A server may echo what it was sent, in an error text or
/// in a preset's name.
class SecretScrubber
{
public:
    /// [any] An empty secret scrubs only what looks like a key.
    explicit SecretScrubber(std::string_view secret);

    /// [any] `text` with every trace of the secret, and everything else that looks like a key, replaced by
    /// "[key]".
    std::string scrub(std::string_view text) const;

private:
    std::string plain;               // lower case
    std::vector<std::string> traces; // lower case
};

/// [any] Replaces what looks like a key ("sk-..." and "Bearer ...") by "[key]".
std::string scrubKeyLookalikes(std::string_view text);

} // namespace tonewright
