#include "Support.h"

#include <gmock/gmock.h>

namespace tonewright::test
{
namespace
{
/// Says one thing after the other, the way a session does.
class Conversation
{
public:
    explicit Conversation(Preset first) { past.push_back(std::move(first)); }

    const Preset& say(const std::string& prompt)
    {
        OfflineGenerator generator;
        GenerationRequest request;
        request.prompt = prompt;
        request.current = past.back();
        request.history.assign(past.begin(), past.end() - 1);
        auto answer = generator.generate(request, Cancellation(), {});
        EXPECT_TRUE(static_cast<bool>(answer)) << prompt;
        past.push_back(*answer);
        return past.back();
    }

private:
    std::vector<Preset> past;
};

Preset start()
{
    return made("classic rock crunch with chorus, plate reverb and tape delay");
}

TEST(Conversation, UndoGoesBackStepByStep)
{
    const auto first = start();
    Conversation conversation(first);
    const auto second = conversation.say("brighter");
    const auto third = conversation.say("more reverb");
    ASSERT_NE(third.parameters, second.parameters);
    EXPECT_EQ(conversation.say("undo that").parameters, second.parameters);
    EXPECT_EQ(conversation.say("undo again").parameters, first.parameters);
    const auto nothing = conversation.say("undo");
    EXPECT_EQ(nothing.parameters, first.parameters);
    EXPECT_THAT(nothing.explanation, testing::HasSubstr("Nothing changed"));
}

TEST(Conversation, MoreOfThatIsTheLastChangeAgain)
{
    const auto first = start();
    for (const auto& [change, parameter] : {std::pair{"more gain", "amp.gain"_p},
                                            {"less bass", "amp.bass"_p},
                                            {"longer delay", "delay.time"_p}})
    {
        Conversation conversation(first);
        const auto second = conversation.say(change);
        const auto whole = conversation.say("more of that");
        const float step = second.parameters[parameter] - first.parameters[parameter];
        EXPECT_GT((whole.parameters[parameter] - second.parameters[parameter]) * step, 0) << change;

        Conversation other(first);
        (void)other.say(change);
        const auto part = other.say("a bit more");
        EXPECT_LT(std::abs(part.parameters[parameter] - second.parameters[parameter]),
                  std::abs(whole.parameters[parameter] - second.parameters[parameter]))
            << change;
        const auto back = other.say("not that much");
        EXPECT_LT((back.parameters[parameter] - part.parameters[parameter]) * step, 0) << change;
    }
    Conversation conversation(made("crunch"));
    const auto chorus = conversation.say("add a chorus");
    EXPECT_GT(conversation.say("more of that").parameters["modulation.depth"_p],
              chorus.parameters["modulation.depth"_p]);
}

TEST(Conversation, WhatComesBackIsAsItWas)
{
    const auto first = start();
    for (const char* back :
         {"put the delay back", "bring back the delay", "delay back on", "restore the delay"})
    {
        Conversation conversation(first);
        ASSERT_FALSE(conversation.say("no delay").parameters.isOn("delay.enabled"_p));
        const auto brighter = conversation.say("brighter");
        auto expected = brighter.parameters;
        expected["delay.enabled"_p] = 1;
        EXPECT_EQ(conversation.say(back).parameters, expected) << back;
    }
    Conversation conversation(first);
    EXPECT_LT(conversation.say("dial the gain back a bit").parameters["amp.gain"_p],
              first.parameters["amp.gain"_p]);
}

TEST(Conversation, WithoutOneNothingIsInvented)
{
    const auto first = start();
    for (const char* prompt : {"undo that", "more of that", "not that much", "again"})
        EXPECT_EQ(changed(first, prompt).parameters, first.parameters) << prompt;
}

TEST(Conversation, SayingHowItSoundsIsAComplaintAboutWhatIsUnpleasant)
{
    const auto before = start();
    const auto treble = [&](const char* prompt)
    { return changed(before, prompt).parameters["equaliser.high_gain"_p]; };
    for (const char* prompt : {"it sounds like a bee in a can", "it's fizzy", "sounds fizzy"})
        EXPECT_LT(treble(prompt), before.parameters["equaliser.high_gain"_p]) << prompt;
    EXPECT_LT(changed(before, "it sounds muddy").parameters["equaliser.low_mid_gain"_p], -0.5f);
    EXPECT_GT(made("a tone that sounds muddy").parameters["equaliser.low_mid_gain"_p], 0.5f)
        << "this describes one";
}

TEST(Conversation, EffectsAfterAndNoStayOff)
{
    for (const char* prompt : {"clean with plate and no delay", "surf guitar with tremolo and no reverb",
                               "plate and no delay and tremolo and no chorus"})
    {
        const auto set = made(prompt).parameters;
        EXPECT_FALSE(set.isOn("delay.enabled"_p)) << prompt;
        EXPECT_FALSE(set.isOn("modulation.enabled"_p)) << prompt;
    }
}
} // namespace
} // namespace tonewright::test
