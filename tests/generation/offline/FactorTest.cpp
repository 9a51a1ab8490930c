#include "Boards.h"

#include <gmock/gmock.h>

#include <cmath>

namespace tonewright::test
{
namespace
{
struct Factor
{
    const char* prompt;
    const char* parameter;
    double factor;
};

TEST(Factor, MultipliesTheKnobAndNothingElse)
{
    auto before = fullTone();
    before.parameters["reverb.mix"_p] = 24;
    before.parameters["delay.mix"_p] = 18;
    before.parameters["delay.time"_p] = 300;
    before.parameters["amp.gain"_p] = 3;
    before.parameters["tremolo.rate"_p] = 4;
    for (const auto& [prompt, id, factor] :
         {Factor{"half the reverb", "reverb.mix", 0.5}, Factor{"double the delay time", "delay.time", 2},
          Factor{"twice the gain", "amp.gain", 2}, Factor{"a third of the delay", "delay.mix", 1.0 / 3},
          Factor{"halve the reverb mix", "reverb.mix", 0.5},
          Factor{"cut the reverb in half", "reverb.mix", 0.5}, Factor{"triple the gain", "amp.gain", 3},
          Factor{"twice as fast tremolo", "tremolo.rate", 2},
          Factor{"la mitad de la reverb", "reverb.mix", 0.5}, Factor{"el doble de delay", "delay.mix", 2},
          Factor{"halb so viel Reverb", "reverb.mix", 0.5}, Factor{"リバーブを半分に", "reverb.mix", 0.5}})
    {
        const auto after = changed(before, prompt);
        const auto parameter = *findParameter(id);
        const double wanted = static_cast<double>(before.parameters[parameter]) * factor;
        EXPECT_NEAR(after.parameters[parameter], wanted, 0.03 * wanted) << prompt;
        auto others = differences(before, after);
        others.erase(id);
        others.erase("delay.sync");
        EXPECT_TRUE(others.empty()) << prompt << testing::PrintToString(others);
    }
}

TEST(Factor, OfALevelIsItsDecibels)
{
    const auto before = fullTone();
    const auto after = changed(before, "half the volume");
    EXPECT_NEAR(after.parameters["output.level"_p] - before.parameters["output.level"_p], -6, 0.2);
}

TEST(Factor, OfNothingIsNothing)
{
    const auto before = made("crunch");
    const auto after = changed(before, "double the delay time");
    EXPECT_EQ(after.parameters, before.parameters);
    EXPECT_THAT(after.explanation, testing::HasSubstr("the delay is off"));
}

TEST(Factor, RepeatsAreCounted)
{
    const auto feedback = [](const char* prompt) { return made(prompt).parameters["delay.feedback"_p]; };
    for (const auto& [prompt, count] : {std::pair{"clean with a delay with 3 repeats", 3},
                                        {"delay, two repeats", 2},
                                        {"delay with 6 repeats", 6}})
    {
        const double left = count * 20 * std::log10(static_cast<double>(feedback(prompt)) / 100);
        EXPECT_NEAR(left, -30, 1) << prompt << ": the next one is 30 dB down";
    }
    EXPECT_EQ(made("delay, feedback at 3").parameters["delay.feedback"_p], 30);
}
} // namespace
} // namespace tonewright::test
