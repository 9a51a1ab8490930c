#include "Boards.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

TEST(EditReport, NamesEveryValueThatMoved)
{
    const auto before = fullTone();
    const auto after = changed(before, "no effects, less gain, more bass, darker");
    for (const auto& id : differences(before, after))
    {
        const auto& info = infoOf(*findParameter(id));
        if (info.type == ParameterType::number)
            EXPECT_THAT(after.explanation, HasSubstr(textOf(info, after.parameters[*findParameter(id)])))
                << id;
        else
            EXPECT_THAT(after.explanation, HasSubstr(displayName(info.stage()))) << id;
    }
}

TEST(EditReport, SaysWhyNothingChanged)
{
    const auto before = fullTone();
    EXPECT_THAT(changed(before, "brighter and darker").explanation, HasSubstr("take each other back"));
    EXPECT_THAT(changed(made("crunch"), "less reverb").explanation, HasSubstr("the reverb is off"));
    EXPECT_THAT(changed(before, "plate reverb").explanation, HasSubstr("so already"));
    auto full = before;
    full.parameters["amp.gain"_p] = 10;
    EXPECT_THAT(changed(full, "more gain").explanation, HasSubstr("at its limit"));
    EXPECT_THAT(changed(before, "more gain but don't touch the amp").explanation, Not(HasSubstr("limit")));
}

TEST(EditReport, IsMadeAgainFromTheValuesAfterListening)
{
    GenerationRequest request;
    request.prompt = "crunch with plate reverb";
    auto answer = made(request.prompt);
    answer.parameters["amp.gain"_p] = 7.7f;
    answer.parameters["reverb.mix"_p] = 31;
    const auto text = OfflineGenerator().explanationOf(request, answer);
    EXPECT_THAT(text, HasSubstr("gain 7.7"));
    EXPECT_THAT(text, HasSubstr("31.0 %"));
    request.current = answer;
    request.prompt = "brighter";
    auto edit = changed(answer, request.prompt);
    edit.parameters["amp.treble"_p] = 9.1f;
    EXPECT_THAT(OfflineGenerator().explanationOf(request, edit), HasSubstr("to 9.1"));
}

TEST(EditReport, TagsSayWhatIs)
{
    const auto before = made("surf clean with spring reverb, chorus and tape echo");
    ASSERT_THAT(before.tags, testing::IsSupersetOf({"surf", "clean", "spring", "chorus", "tape echo"}));
    const auto dry = changed(before, "no reverb");
    EXPECT_THAT(dry.tags, Not(Contains("spring")));
    EXPECT_THAT(dry.tags, Not(Contains("reverb")));
    EXPECT_THAT(dry.tags, Contains("surf"));
    const auto plate = changed(before, "swap spring for plate");
    EXPECT_THAT(plate.tags, Not(Contains("spring")));
    EXPECT_THAT(plate.tags, Contains("plate"));
    const auto loud = changed(before, "make it distorted");
    EXPECT_THAT(loud.tags, Not(Contains("clean")));
    EXPECT_EQ(changed(before, "brighter").tags, before.tags);
}

TEST(EditReport, MonoAndStereoAreWhole)
{
    auto before = fullTone();
    before.parameters["output.width"_p] = 160;
    before.parameters["output.doubler"_p] = 40;
    for (const char* prompt : {"mono", "make it mono", "in mono please"})
    {
        const auto after = changed(before, prompt);
        EXPECT_EQ(after.parameters["output.width"_p], 0) << prompt;
        EXPECT_EQ(after.parameters["output.doubler"_p], 0) << prompt;
        EXPECT_EQ(differences(before, after), (std::set<std::string>{"output.doubler", "output.width"}))
            << prompt;
        EXPECT_GE(changed(after, "in stereo").parameters["output.width"_p], 100) << prompt;
    }
    EXPECT_EQ(made("mono jazz clean").parameters["output.width"_p], 0);
}

TEST(EditReport, PartsOfTheRigAreSwappedInPlace)
{
    const auto before = fullTone();
    for (const char* prompt : {"switch mic to condenser", "condenser mic", "swap the mic for a condenser"})
        EXPECT_EQ(differences(before, changed(before, prompt)), std::set<std::string>{"cabinet.mic"})
            << prompt;
}
} // namespace
} // namespace tonewright::test
