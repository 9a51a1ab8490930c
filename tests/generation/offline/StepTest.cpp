#include "Boards.h"
#include "generation/offline/DerivedTones.h"
#include "generation/offline/Knowledge.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace tonewright::test
{
namespace
{
using namespace offline;

bool isOfAnEffect(const std::string& id)
{
    return !id.starts_with("amp.") && !id.starts_with("equaliser.");
}

/// The gain, and what is no knob of the tone's colour.
std::set<std::string> strayIn(const std::set<std::string>& moved)
{
    std::set<std::string> stray;
    std::copy_if(moved.begin(), moved.end(), std::inserter(stray, stray.end()),
                 [](const std::string& id) { return isOfAnEffect(id) || id == "amp.gain"; });
    return stray;
}

TEST(Step, OfAColourMovesNoEffectAndNoGain)
{
    const auto before = made("warm jazz clean with a touch of plate");
    for (const char* prompt :
         {"more sparkle", "needs sparkle", "it lacks sparkle", "could use some more chime", "more twang",
          "more glassy", "a bit more quack", "more bite", "happier", "softer", "more romantic",
          "less sparkle", "too glassy", "too twangy", "no twang", "mehr Glanz", "más brillante",
          "もっとキラキラ"})
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        const auto moved = differences(before, changed(before, prompt));
        EXPECT_FALSE(moved.empty()) << prompt;
        EXPECT_TRUE(strayIn(moved).empty()) << prompt << " moved " << testing::PrintToString(strayIn(moved));
    }
}

TEST(Step, OfADistortionMovesTheGain)
{
    const auto before = made("crunch");
    for (const char* prompt :
         {"heavier", "more grit", "dirtier", "more aggressive", "more brutal", "more screaming", "raspier"})
        EXPECT_GT(changed(before, prompt).parameters["amp.gain"_p], before.parameters["amp.gain"_p])
            << prompt;
    for (const char* prompt : {"too heavy", "too aggressive", "too dirty", "less grit", "too hot"})
        EXPECT_LT(changed(before, prompt).parameters["amp.gain"_p], before.parameters["amp.gain"_p])
            << prompt;
}

TEST(Step, OfASpaceMovesTheEffect)
{
    const auto before = fullTone();
    for (const char* prompt : {"more spacious", "dreamier", "more distant", "wetter", "bigger"})
        EXPECT_GT(changed(before, prompt).parameters["reverb.mix"_p], before.parameters["reverb.mix"_p])
            << prompt;
    EXPECT_LT(changed(before, "more intimate").parameters["reverb.mix"_p], before.parameters["reverb.mix"_p]);
}

TEST(Step, OfEveryAdjectiveGoesOneWayAndComplaintsTheOther)
{
    for (const auto& entry : Knowledge::shared().entries())
    {
        if (entry.kind != EntryKind::descriptor)
            continue;
        const bool isColour =
            std::any_of(entry.tone.begin(), entry.tone.end(),
                        [](const ToneEffect& effect) { return infoOf(effect.axis).kind == AxisKind::tilt; });
        EXPECT_FALSE(isColour && entry.more.empty()) << entry.name;
        const auto more = moreOf(entry.tone, entry.kind);
        const auto less = complaintAbout(entry.tone, entry.kind);
        ASSERT_EQ(more.size(), less.size()) << entry.name;
        for (std::size_t i = 0; i < more.size(); ++i)
            EXPECT_LT(more[i].value * less[i].value, 0) << entry.name;
    }
}
} // namespace
} // namespace tonewright::test
