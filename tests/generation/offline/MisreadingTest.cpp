#include "Boards.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
struct Direction
{
    const char* prompt;
    const char* parameter;
    int direction; ///< 0: stays
};

/// What was once read the wrong way round.
TEST(Misreading, GoesTheWayThatIsMeant)
{
    const auto before = fullTone();
    for (const auto& [prompt, id, direction] : {
             // "Not enough" is no "none".
             Direction{"低音が足りない", "amp.bass", 1},
             Direction{"歪みが少ない", "amp.gain", 1},
             Direction{"高音が物足りない", "amp.treble", 1},
             Direction{"リバーブはいらない", "reverb.enabled", -1},
             // Only a quality is undone by a prefix.
             Direction{"un-link the delay", "delay.mix", 0},
             Direction{"un-muddy it", "equaliser.low_mid_gain", -1},
             // What is asked for is no complaint.
             Direction{"it sounds thin but I like it bright", "amp.treble", 1},
             Direction{"it sounds thin but I like it bright", "amp.bass", 1},
             Direction{"it sounds great but a bit bright", "amp.treble", -1},
             Direction{"it sounds great but it is bright", "amp.treble", -1},
             Direction{"it sounds great but I still want it warm", "amp.treble", -1},
             Direction{"it sounds great but very bright", "amp.treble", -1},
             Direction{"still dark", "amp.treble", 1},
             // Given back or turned back.
             Direction{"zurück zu mehr Hall", "reverb.mix", 1},
             Direction{"nimm den Hall zurück", "reverb.mix", -1},
             Direction{"dreh den Hall etwas zurück", "reverb.mix", -1},
             // Judgements of a noun.
             Direction{"the gain is overdone", "amp.gain", -1},
             Direction{"die Höhen sind übertrieben", "amp.treble", -1},
             Direction{"the reverb is overkill", "reverb.mix", -1},
             Direction{"te pasaste con los agudos", "amp.treble", -1},
             Direction{"overbright", "amp.treble", -1},
         })
    {
        const auto after = changed(before, prompt);
        const auto parameter = *findParameter(id);
        const auto change = after.parameters[parameter] - before.parameters[parameter];
        EXPECT_TRUE(direction == 0 ? change == 0 : change * static_cast<float>(direction) > 0)
            << prompt << ": " << id << " " << change;
    }
}

/// "Bright" and "dark" are faults where they are said to be, else wishes for the tone at hand.
TEST(Misreading, WishesAreNoComplaints)
{
    const auto before = fullTone();
    const auto treble = [](const Preset& preset) { return preset.parameters["amp.treble"_p]; };
    for (const auto* const prompt : {"still want it bright", "still bright please", "great but bright"})
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        EXPECT_GT(treble(changed(before, prompt)), treble(before)) << prompt;
    }
    for (const auto* const prompt : {"great but warm", "but I still want it warm"})
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        EXPECT_LT(treble(changed(before, prompt)), treble(before)) << prompt;
    }
    for (const auto* const prompt : {"a nice but warm tone", "metal but still warm"})
        EXPECT_FALSE(isEdit(before, prompt)) << prompt;
}

TEST(Misreading, BringingBackCutsNothing)
{
    const auto before = fullTone();
    for (const auto* const prompt : {"bring den Hall zurück", "gib mir den Hall zurück"})
    {
        EXPECT_TRUE(isEdit(before, prompt)) << prompt;
        EXPECT_TRUE(differences(before, changed(before, prompt)).empty())
            << prompt << testing::PrintToString(differences(before, changed(before, prompt)));
        auto dry = before;
        dry.parameters["reverb.enabled"_p] = 0;
        EXPECT_TRUE(changed(dry, prompt).parameters.isOn("reverb.enabled"_p)) << prompt;
    }
}

/// A word that nobody knows passes no negation on, and a word that only looks like a known one adds nothing.
TEST(Misreading, StrangeWordsLeaveTheToneAlone)
{
    EXPECT_EQ(made("de-tuned metal").parameters, made("detuned metal").parameters);
    EXPECT_EQ(made("non-stop metal").parameters, made("metal").parameters);
    EXPECT_EQ(made("un-plugged acoustic").parameters, made("unplugged acoustic").parameters);
    for (const auto* const prompt : {"de-essed highs", "de-esser on the highs"})
        EXPECT_GE(changed(fullTone(), prompt).parameters["amp.treble"_p],
                  fullTone().parameters["amp.treble"_p])
            << prompt;
    EXPECT_GE(made("a bassy clean tone with de-essed highs").parameters["amp.treble"_p],
              made("a bassy clean tone").parameters["amp.treble"_p]);
    EXPECT_EQ(made("record it overnight clean").parameters, made("record it clean").parameters);
    EXPECT_EQ(made("an over-night clean recording").parameters["amp.treble"_p],
              made("a night clean recording").parameters["amp.treble"_p]);
    EXPECT_EQ(made("jazz chops on a clean amp").parameters, made("jazz on a clean amp").parameters);
    EXPECT_EQ(made("low power tube amp").parameters.isOn("compressor.enabled"_p),
              made("tube amp").parameters.isOn("compressor.enabled"_p));
    EXPECT_EQ(made("power ballad").parameters, made("ballad").parameters);
    for (const auto* const prompt : {"chicken chops", "chop through the mix", "jazz chops on a clean amp"})
        EXPECT_FALSE(made(prompt).parameters.isOn("tremolo.enabled"_p)) << prompt;
    EXPECT_EQ(made("chop").parameters.choice<TremoloType>("tremolo.type"_p), TremoloType::chop);
}

TEST(Misreading, AStylesOwnAmplifierCountsMoreThanItsCountry)
{
    const auto pop = made("british pop").parameters;
    EXPECT_EQ(pop.choice<AmpModel>("amp.model"_p), AmpModel::britishChime);
    EXPECT_GT(pop["amp.gain"_p], 3);
    EXPECT_EQ(made("british crunch tone").parameters.choice<AmpModel>("amp.model"_p),
              AmpModel::britishCrunch);
}

/// Only what goes along with a change is guarded against; what is wrong besides is cured.
TEST(Misreading, AGuardBelongsToItsChange)
{
    const auto before = fullTone();
    const auto mids = [&](const char* prompt)
    {
        const auto& now = changed(before, prompt).parameters;
        return now["equaliser.low_mid_gain"_p] - before.parameters["equaliser.low_mid_gain"_p];
    };
    EXPECT_FLOAT_EQ(mids("more reverb, no mud"), mids("no mud"));
    EXPECT_GT(mids("darker but not muddy"), mids("not muddy"));
    const auto presence = [&](const char* prompt)
    { return changed(before, prompt).parameters["amp.presence"_p]; };
    EXPECT_FLOAT_EQ(presence("not harsh but brighter"), presence("brighter but not harsh"));
    EXPECT_GT(presence("not harsh but brighter"), presence("not harsh"));
}

Preset next(const Preset& current, std::vector<Preset> history, const std::string& prompt)
{
    OfflineGenerator generator;
    GenerationRequest request;
    request.prompt = prompt;
    request.current = current;
    request.history = std::move(history);
    auto result = generator.generate(request, Cancellation(), {});
    EXPECT_TRUE(static_cast<bool>(result)) << prompt;
    return result ? *result : Preset{};
}

TEST(Misreading, TakingBackTwiceLeadsOnToTheEarlierTone)
{
    const auto before = made("clean");
    const auto brighter = changed(before, "much brighter");
    const auto once = next(brighter, {before}, "you went too far");
    const auto twice = next(once, {before, brighter}, "you went too far");
    const auto treble = [](const Preset& preset) { return preset.parameters["amp.treble"_p]; };
    EXPECT_LT(treble(once), treble(brighter));
    EXPECT_LT(treble(twice), treble(once));
    EXPECT_GE(treble(twice), treble(before));
    EXPECT_EQ(next(brighter, {before}, "overdone").parameters, once.parameters);
    EXPECT_EQ(next(brighter, {before}, "übertrieben").parameters, once.parameters);
}

TEST(Misreading, ListsPlacesAndLevelsOfEverydayEdits)
{
    const auto before = made("crunch with chorus, delay and plate reverb");
    const auto value = [](const Preset& preset, ParameterIndex index) { return preset.parameters[index]; };
    struct Expected
    {
        const char* prompt;
        ParameterIndex index;
        int direction;
    };
    for (const auto& [prompt, index, direction] :
         {Expected{"turn the bass and treble up", "amp.bass"_p, 1},
          {"turn the bass and treble up", "amp.treble"_p, 1},
          {"bass and treble up a bit please", "amp.treble"_p, 1},
          {"turn the bass and treble up", "amp.mid"_p, 0},
          {"turn the reverb all the way up", "reverb.mix"_p, 1},
          {"turn the reverb all the way up", "amp.gain"_p, 0},
          {"too fizzy on top", "equaliser.high_gain"_p, -1},
          {"too bright on top", "amp.treble"_p, -1},
          {"too muddy on headphones", "equaliser.low_mid_gain"_p, -1},
          {"less reverb on solos", "reverb.mix"_p, -1},
          {"make the bass louder", "amp.bass"_p, 1},
          {"mach den Bass lauter", "amp.bass"_p, 1},
          {"make the mids a bit quieter", "amp.mid"_p, -1},
          {"make the mids a bit quieter", "output.level"_p, 0}})
    {
        const auto after = changed(before, prompt);
        const auto way = value(after, index) - value(before, index);
        EXPECT_EQ((way > 0) - (way < 0), direction) << prompt << " " << infoOf(index).id;
        EXPECT_EQ(value(after, "amp.model"_p), value(before, "amp.model"_p)) << prompt;
        EXPECT_TRUE(after.parameters.isOn("delay.enabled"_p)) << prompt;
    }
    const float once = value(changed(before, "turn the amp up"), "amp.gain"_p);
    EXPECT_EQ(value(changed(before, "turn the amp and drive up"), "amp.gain"_p), once);
}

/// An equaliser that was off did nothing, whatever its knobs said.
TEST(Misreading, HalfBackTakesHalfOfANewEqualiser)
{
    auto before = made("clean");
    before.parameters["equaliser.enabled"_p] = 0;
    before.parameters["equaliser.high_gain"_p] = 5;
    auto brighter = before;
    brighter.parameters["equaliser.enabled"_p] = 1;
    brighter.parameters["equaliser.high_gain"_p] = 2.5f;
    const auto after = next(brighter, {before}, "half of that back");
    EXPECT_NEAR(after.parameters["equaliser.high_gain"_p], 1.25f, 0.06f);
}
} // namespace
} // namespace tonewright::test
