#include "generation/SecretText.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace tonewright
{
namespace
{
const std::string secret = "tw-SENTINEL/7f3a\"9c+1e\\5b";

std::string base64(const std::string& text)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text)
    {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6)
            result += alphabet[bits >> (count - 6) & 63u];
    }
    if (count > 0)
        result += alphabet[bits << (6 - count) & 63u];
    while (result.size() % 4 != 0)
        result += '=';
    return result;
}

TEST(SecretScrubber, TakesOutTheSecretInEveryWriting) // K3
{
    const SecretScrubber scrubber(secret);
    std::string upper = secret;
    for (auto& c : upper)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const std::array<std::string, 6> echoes{"%74w%2dSENTINEL%2F7f3a%229c%2B1e%5c5%62",
                                            "you sent " + secret + ", which is wrong",
                                            "YOU SENT " + upper,
                                            "?key=tw-SENTINEL%2F7f3a%229c%2B1e%5C5b&x",
                                            R"({"key":"tw-SENTINEL\/7f3a\"9c+1e\\5b"})",
                                            secret + secret};
    for (const auto& echo : echoes)
    {
        const auto clean = scrubber.scrub(echo);
        EXPECT_EQ(clean.find("7f3a"), std::string::npos) << clean;
        EXPECT_EQ(clean.find("SENTINEL"), std::string::npos) << clean;
        EXPECT_NE(clean.find("[key]"), std::string::npos);
    }
    EXPECT_EQ(scrubber.scrub("you sent " + secret + "."), "you sent [key].");
}

TEST(SecretScrubber, TakesOutTheSecretInBase64WhateverStandsBefore)
{
    const SecretScrubber scrubber(secret);
    for (const std::string before : {"", "a", "ab", "Bearer ", "user:x"})
    {
        const auto encoded = base64(before + secret + "tail");
        const auto clean = scrubber.scrub("got " + encoded + " here");
        // What is left may hold a character or two that belong to the neighbours as well.
        EXPECT_LT(clean.size(), std::string("got [key] here").size() + before.size() * 2 + 10) << clean;
        EXPECT_NE(clean.find("[key]"), std::string::npos) << clean;
    }
}

TEST(SecretScrubber, LeavesOrdinaryTextAlone)
{
    const std::string text = "Bright ask-me-anything tone, risk-free; the bearer of news.";
    EXPECT_EQ(SecretScrubber(secret).scrub(text), text);
    EXPECT_EQ(SecretScrubber("").scrub(text), text);
    EXPECT_EQ(SecretScrubber("a").scrub(text), text) << "too short to be a secret";
}

TEST(SecretScrubber, TakesOutWhatLooksLikeAnyKey)
{
    EXPECT_EQ(scrubKeyLookalikes("use sk-proj-abc123DEF456 now"), "use [key] now");
    EXPECT_EQ(scrubKeyLookalikes("Authorization: Bearer abcdefgh12345"), "Authorization: Bearer [key]");
    EXPECT_EQ(scrubKeyLookalikes("key=sk-abcdefgh12345"), "key=[key]");
    EXPECT_EQ(scrubKeyLookalikes("sk-short"), "sk-short");
}
} // namespace
} // namespace tonewright
