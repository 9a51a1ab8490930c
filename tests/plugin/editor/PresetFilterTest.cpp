#include "plugin/editor/PresetFilter.h"

#include <gtest/gtest.h>

namespace tonewright::test
{
namespace
{
using plugin::matching;
using plugin::PresetShelf;
using plugin::shelvesOf;

const std::vector<PresetLibrary::Entry> entries{{"Velvet Lounge", {"clean", "jazz"}, true, {}},
                                                {"Swamp Doom", {"doom", "fuzz"}, true, {}},
                                                {"My Jazz", {"clean", "gig"}, false, "my-jazz.tone.json"}};
} // namespace

TEST(PresetFilter, offersAShelfForTagsThatAreSharedOrThePlayersOwnMostUsedFirst)
{
    std::vector<std::string> titles;
    for (const auto& shelf : shelvesOf(entries))
        titles.push_back(shelf.title() + " " + std::to_string(shelf.count));
    EXPECT_EQ(titles, (std::vector<std::string>{"All presets 3", "Factory 2", "Mine 1", "clean 2", "gig 1"}));
    EXPECT_EQ(shelvesOf({}).size(), 1u);
}

TEST(PresetFilter, findsEveryWordInNamesAndTags)
{
    const PresetShelf all;
    EXPECT_EQ(matching(entries, all, ""), (std::vector<std::size_t>{0, 1, 2}));
    EXPECT_EQ(matching(entries, all, "JAZZ clean"), (std::vector<std::size_t>{0, 2}));
    EXPECT_EQ(matching(entries, all, "jazz doom"), std::vector<std::size_t>{});
    EXPECT_EQ(matching(entries, {PresetShelf::Kind::own, "", 0}, "jazz"), (std::vector<std::size_t>{2}));
    EXPECT_EQ(matching(entries, {PresetShelf::Kind::tag, "doom", 0}, ""), (std::vector<std::size_t>{1}));
}

} // namespace tonewright::test
