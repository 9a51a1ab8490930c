#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright::offline
{

/// A word, a number or a sign of a prompt, folded: lower case, no accents, full-width forms as ASCII.
/// Letters and digits are split ("350ms" is two tokens); Chinese, Japanese and Korean characters are one
/// token each, since they are written without spaces.
struct Token
{
    std::string text;
    std::optional<double> number;
    bool hasSign = false; ///< "+3" or "-3", the sign being in `number`
    char joint = ' '; ///< what stands between this and the token before: ' ', '/', ':', '-' or 0 for nothing
    bool startsClause = false;  ///< punctuation stands before it
    bool isIdeographic = false; ///< written without spaces
    bool isOwner = false;       ///< "'s" follows: "Clapton's", but also "the reverb's too long"
};

/// [any] A prompt's tokens. Any bytes are safe; at most `maximumTokens` come back.
std::vector<Token> tokensOf(std::string_view text, std::size_t maximumTokens);

} // namespace tonewright::offline
