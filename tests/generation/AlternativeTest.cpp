#include "generation/Alternative.h"

#include "generation/AuditionEar.h"
#include "generation/GeneratorChain.h"
#include "generation/offline/OfflineGenerator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tonewright
{
namespace
{
GenerationRequest asking(const std::string& prompt, int variation)
{
    GenerationRequest request;
    request.prompt = prompt;
    request.variation = variation;
    return request;
}

Preset answer(const GenerationRequest& request)
{
    const GeneratorChain chain(std::make_shared<OfflineGenerator>(), nullptr, nullptr, nullptr);
    return *chain.askOffline(
        request, Cancellation(), [](const std::string&, double) {}, nullptr);
}

ToneFeatures heard(const Preset& preset)
{
    return *AuditionEar().describe(preset.parameters, Cancellation());
}

TEST(Alternative, ThreeAlternativesAreHeardApartAndSayHow)
{
    for (const char* prompt :
         {"warm jazz clean", "tight modern metal rhythm", "bright clean with spring reverb",
          "classic rock crunch, gain at 6, no reverb", "asdfgh"})
    {
        SCOPED_TRACE(prompt);
        std::vector<Preset> presets;
        std::vector<ToneFeatures> places;
        for (int variation = 0; variation < 4; ++variation)
        {
            auto request = asking(prompt, variation);
            request.others = presets;
            presets.push_back(answer(request));
            places.push_back(heard(presets.back()));
            for (std::size_t other = 0; other + 1 < presets.size(); ++other)
                EXPECT_GE(distance(places.back(), places[other]), leastAlternativeDistance)
                    << variation << " " << other << " " << presets.back().explanation;
            const auto& source = presets.back().source;
            EXPECT_EQ(source.variation, variation);
            EXPECT_EQ(source.difference.empty(), variation == 0);
            EXPECT_EQ(source.difference.find('\n'), std::string::npos);
        }
        for (std::size_t one = 1; one < presets.size(); ++one)
        {
            EXPECT_TRUE(presets[one].explanation.starts_with("Alternative " + std::to_string(one) + ": " +
                                                             presets[one].source.difference));
            for (std::size_t other = one + 1; other < presets.size(); ++other)
                EXPECT_NE(presets[one].source.difference, presets[other].source.difference);
        }
    }
}

TEST(Alternative, TheSeedGivesTheSamePresetWhetherTheOthersWereCollectedOrNot)
{
    auto request = asking("surf", 2);
    const auto alone = answer(request);
    request.others = {answer(asking("surf", 0)), answer(asking("surf", 1))};
    EXPECT_EQ(answer(request), alone);
}

TEST(Alternative, KeepsWhatTheWordsGave)
{
    for (int variation = 1; variation < 4; ++variation)
    {
        const auto preset = answer(asking("crunch, gain at 6, treble 7, no delay", variation));
        EXPECT_FLOAT_EQ(preset.parameters["amp.gain"_p], 6) << variation;
        EXPECT_FLOAT_EQ(preset.parameters["amp.treble"_p], 7) << variation;
        EXPECT_FALSE(preset.parameters.isOn("delay.enabled"_p)) << variation;
    }
}

TEST(Alternative, AnotherAnswerThatIsTheSameIsMovedAway)
{
    const auto first = answer(asking("crunch", 0));
    for (int variation = 1; variation < 3; ++variation)
    {
        auto copy = first; // a model that says the same again
        auto request = asking("crunch", variation);
        request.others = {first};
        EXPECT_TRUE(setApart(
            copy, copy.parameters, request, {}, [](Preset& preset) { return audition(preset); },
            Cancellation()));
        EXPECT_GE(distance(heard(copy), heard(first)), leastAlternativeDistance) << copy.explanation;
        EXPECT_NE(copy.explanation.find("To differ: Changed"), std::string::npos);
    }
}

/// What changed on the way from one tone to another.
std::set<std::string_view> moved(const ParameterSet& from, const ParameterSet& to)
{
    std::set<std::string_view> ids;
    for (std::size_t index = 0; index < parameterCount; ++index)
        if (from.values[index] != to.values[index])
            ids.insert(parameterTable[index].id);
    return ids;
}

GenerationRequest changing(const Preset& present, const std::string& prompt)
{
    auto request = asking(prompt, 0);
    request.current = present;
    return request;
}

/// The answer and its alternatives, as many as there are of four.
std::vector<Preset> answers(GenerationRequest request)
{
    const GeneratorChain chain(std::make_shared<OfflineGenerator>(), nullptr, nullptr, nullptr);
    for (request.variation = 0; request.variation < 4; ++request.variation)
    {
        auto preset = chain.askOffline(
            request, Cancellation(), [](const std::string&, double) {}, nullptr);
        if (!preset)
        {
            EXPECT_TRUE(isNoAlternative(preset.error())) << preset.error().message;
            EXPECT_TRUE(preset.error().message.ends_with('.'));
            break;
        }
        request.others.push_back(std::move(*preset));
    }
    return request.others;
}

TEST(Alternative, ThoseOfAChangeDifferInWhatTheWordsNameAndInNothingElse)
{
    const auto usual = answer(asking("classic rock crunch with plate reverb", 0));
    auto low = usual;
    low.parameters["amp.gain"_p] = 0.4f; // where a bit less, and half as much again, is the end of the knob
    const std::vector<std::pair<Preset, std::string>> changes{{usual, "a bit less gain"},
                                                              {usual, "much less gain"},
                                                              {usual, "more reverb"},
                                                              {usual, "a bit brighter"},
                                                              {low, "a bit less gain"}};
    for (const auto& [present, prompt] : changes)
    {
        SCOPED_TRACE(prompt + " from gain " + std::to_string(present.parameters["amp.gain"_p]));
        const auto all = answers(changing(present, prompt));
        ASSERT_EQ(all.size(), 4u);
        const auto named = moved(present.parameters, all.front().parameters);
        std::set<std::string> differences;
        for (std::size_t one = 0; one < all.size(); ++one)
        {
            for (const auto id : moved(present.parameters, all[one].parameters))
                EXPECT_TRUE(named.contains(id) || id == "output.level") << one << " " << id;
            for (std::size_t other = 0; other < one; ++other)
                EXPECT_NE(all[one].parameters, all[other].parameters) << one << " " << other;
            differences.insert(all[one].source.difference);
        }
        EXPECT_EQ(differences.size(), all.size()) << "each says how, the first nothing";
        EXPECT_NE(all.back().source.difference.find(" instead of "), std::string::npos);
    }
}

TEST(Alternative, WhereTheWordsLeaveNothingOpenThereIsNone)
{
    auto present = answer(asking("classic rock crunch with chorus", 0));
    ASSERT_TRUE(present.parameters.isOn("modulation.enabled"_p));
    for (const char* prompt : {"turn the chorus off", "gain at 3"})
        EXPECT_EQ(answers(changing(present, prompt)).size(), 1u) << prompt;
    auto request = changing(answer(changing(present, "more gain")), "undo that");
    request.history = {present};
    const auto all = answers(request);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all.front().parameters, present.parameters);
}
} // namespace
} // namespace tonewright
