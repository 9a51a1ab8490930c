#include "generation/offline/Tokens.h"

#include <gtest/gtest.h>

namespace tonewright::offline
{
namespace
{
std::string spelt(std::string_view text)
{
    std::string result;
    for (const auto& token : tokensOf(text, 100))
        result += (result.empty() ? "" : " ") + token.text;
    return result;
}

TEST(Tokens, FoldsCaseAndAccents)
{
    EXPECT_EQ(spelt("CÁLIDO Größe Motörhead façade Œuvre"), "calido grosse motorhead facade oeuvre");
    EXPECT_EQ(spelt("ca\xCC\x81lido"), "calido"); // combining acute accent
}

TEST(Tokens, FoldsFullWidthFormsAndInvisibleMarks)
{
    EXPECT_EQ(spelt("Ｗａｒｍ　ｃｌｅａｎ"), "warm clean");
    EXPECT_EQ(spelt("wa\xE2\x80\x8Brm"), "warm");             // zero-width space
    EXPECT_EQ(spelt("\xE2\x80\xAEwarm\xE2\x80\xAC"), "warm"); // bidirectional override
}

TEST(Tokens, KeepsContractionsTogether)
{
    EXPECT_EQ(spelt("don't DON\xE2\x80\x99T"), "dont dont");
}

TEST(Tokens, SplitsNumbersFromLettersAndReadsThem)
{
    const auto tokens = tokensOf("delay 350ms, 2.5 s 2,5 s 1,200 ms -3 dB +2 1/8", 100);
    std::vector<double> numbers;
    for (const auto& token : tokens)
        if (token.number)
            numbers.push_back(*token.number);
    EXPECT_EQ(numbers, (std::vector<double>{350, 2.5, 2.5, 1200, -3, 2, 1, 8}));
    EXPECT_EQ(tokens[1].text, "350");
    EXPECT_EQ(tokens[2].text, "ms");
    EXPECT_EQ(tokens[2].joint, '\0');
    EXPECT_EQ(tokens.back().joint, '/');
}

TEST(Tokens, MarksWhereClausesStart)
{
    const auto tokens = tokensOf("warm, no reverb. Dr. Z", 100);
    ASSERT_EQ(tokens.size(), 5u);
    EXPECT_TRUE(tokens[1].startsClause);
    EXPECT_FALSE(tokens[2].startsClause);
    EXPECT_TRUE(tokens[3].startsClause);
    EXPECT_FALSE(tokens[4].startsClause) << "the full stop of an abbreviation ends no clause";
}

TEST(Tokens, TakesJapaneseCharacterByCharacter)
{
    EXPECT_EQ(tokensOf("明るいクリーン", 100).size(), 7u);
    EXPECT_EQ(spelt("\xE3\x82\xAB\xE3\x82\x99"), spelt("ガ")) << "a separate voicing mark";
}

TEST(Tokens, StopsAtTheLimitAndSurvivesBrokenBytes)
{
    EXPECT_EQ(tokensOf(std::string(10000, 'a') + " b c d", 2).size(), 2u);
    EXPECT_NO_THROW(tokensOf("\xFF\xFE\x80 warm \xC3", 10));
    EXPECT_EQ(tokensOf(std::string(400, '9'), 10).size(), 1u);
}
} // namespace
} // namespace tonewright::offline
