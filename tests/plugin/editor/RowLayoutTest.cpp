#include "plugin/editor/RowLayout.h"

#include <gtest/gtest.h>

namespace tonewright::test
{

using plugin::breakIntoRows;

TEST(RowLayout, usesAsFewRowsAsPossibleAndFillsThemEvenly)
{
    EXPECT_EQ(breakIntoRows({}, 100, 8), std::vector<std::size_t>{});
    EXPECT_EQ(breakIntoRows({50, 50}, 108, 8), (std::vector<std::size_t>{0}));
    EXPECT_EQ(breakIntoRows({50, 51}, 108, 8), (std::vector<std::size_t>{0, 1}));
    // First fit would leave the last box alone.
    EXPECT_EQ(breakIntoRows({30, 30, 30, 30}, 100, 0), (std::vector<std::size_t>{0, 2}));
}

TEST(RowLayout, givesABoxThatIsTooWideARowOfItsOwn)
{
    EXPECT_EQ(breakIntoRows({20, 300, 20}, 100, 8), (std::vector<std::size_t>{0, 1, 2}));
}

} // namespace tonewright::test
