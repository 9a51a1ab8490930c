#include "generation/offline/Spelling.h"

#include "generation/offline/Knowledge.h"

#include <gtest/gtest.h>

namespace tonewright::offline
{
namespace
{
TEST(EditDistance, CountsEachKindOfMistakeOnce)
{
    EXPECT_EQ(editDistance("metallica", "metallica", 3), 0u);
    EXPECT_EQ(editDistance("metalica", "metallica", 3), 1u);
    EXPECT_EQ(editDistance("metallicca", "metallica", 3), 1u);
    EXPECT_EQ(editDistance("metallice", "metallica", 3), 1u);
    EXPECT_EQ(editDistance("rcph", "rchp", 3), 1u);
    EXPECT_EQ(editDistance("", "abc", 3), 3u);
    EXPECT_EQ(editDistance("abc", "xyz", 1), 2u) << "more than the limit reads limit + 1";
}

TEST(Spelling, FindsTheWordBehindCommonMistakes)
{
    const auto& knowledge = Knowledge::shared();
    const std::pair<const char*, const char*> mistakes[] = {
        {"metallice", "metallica"}, {"rchp", "rhcp"},        {"rammstient", "rammstein"},
        {"gilmore", "gilmour"},     {"hendix", "hendrix"},   {"hallen", "halen"},
        {"vaughn", "vaughan"},      {"knopler", "knopfler"}, {"tremelo", "tremolo"},
        {"reverd", "reverb"},       {"chorous", "chorus"},   {"phazer", "phaser"},
        {"ambiant", "ambient"},     {"dealy", "delay"},      {"delya", "delay"}};
    for (const auto& [wrong, right] : mistakes)
        EXPECT_EQ(knowledge.corrected(wrong).value_or("(nothing)"), right) << wrong;
}

TEST(Spelling, LeavesEverydayWordsAlone)
{
    const auto& knowledge = Knowledge::shared();
    for (const char* word :
         {"house",      "mouse",    "table",    "green",   "change",  "please",  "other",   "heart",
          "story",      "light",    "sweet",    "train",   "plane",   "brush",   "stone",   "room",
          "with",       "dry",      "tuner",    "tune",    "matic",   "autumn",  "leaves",  "rainy",
          "sunday",     "rush",     "hour",     "banker",  "kitchen", "tuesday", "walking", "cherries",
          "effortless", "seamless", "flawless", "fearless"})
        EXPECT_EQ(knowledge.corrected(word), std::nullopt) << word;
}

TEST(Spelling, GuessesNothingFromShortOrStrangeWords)
{
    const auto& knowledge = Knowledge::shared();
    for (const char* word : {"", "a", "drz", "asdfgh", "qwertzuiop", "xkcdxkcd", "zzzzzzz"})
        EXPECT_EQ(knowledge.corrected(word), std::nullopt) << word;
}
} // namespace
} // namespace tonewright::offline
