#include "AppliedSettings.h"
#include "JuceEnvironment.h"
#include "plugin/PluginSession.h"
#include "plugin/TonewrightProcessor.h"
#include "support/FakeServer.h"
#include "support/ProcessHandles.h"
#include "support/TemporaryFolder.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>
#include <vector>

namespace tonewright::plugin
{
namespace
{
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using test::applied;
using test::deliverMessagesUntil;
using test::FakeAnswer;
using test::FakeServer;
using test::ProcessHandles;

/// The promise for the destructor is 250 ms; a loaded machine or a sanitizer is no failure, a wait for the
/// server (30 s) would be.
constexpr milliseconds destructorLimit{5'000};

class SessionLifecycle : public testing::Test
{
protected:
    void SetUp() override
    {
        setenv("TONEWRIGHT_CONFIG_DIR", folder.path().c_str(), 1);
        for (const char* name :
             {"OPENAI_API_KEY", "OPENAI_BASE_URL", "TONEWRIGHT_MODEL", "http_proxy", "all_proxy"})
            unsetenv(name);
        TonewrightProcessor processor;
        ASSERT_EQ(applied(processor.session(), Engine::openAi, server.baseUrl()), "");
    }
    void TearDown() override { unsetenv("TONEWRIGHT_CONFIG_DIR"); }

    /// Makes an instance, sends a prompt, goes as far as `phase` says, and destroys it; returns how long that
    /// took.
    enum class Phase
    {
        justSubmitted,
        atTheServer,
        cancelled,
        withEditor,
        superseded
    };
    static constexpr int phaseCount = 5;

    milliseconds liveAndDie(Phase phase)
    {
        auto processor = std::make_unique<TonewrightProcessor>();
        std::unique_ptr<juce::AudioProcessorEditor> editor;
        if (phase == Phase::withEditor)
            editor.reset(processor->createEditorIfNeeded());
        const auto asked = server.requestCount();
        processor->session().generate("warm jazz clean");
        if (phase == Phase::superseded)
            processor->session().generate("dark doom fuzz");
        if (phase != Phase::justSubmitted && phase != Phase::superseded)
        {
            EXPECT_TRUE(server.waitForRequests(asked + 1));
        }
        if (phase == Phase::cancelled)
            processor->session().cancelGeneration();
        const auto start = steady_clock::now();
        editor.reset();
        processor.reset();
        return std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
    }

    test::TemporaryFolder folder;
    FakeServer server;
};

// Q3, M7, M8: 200 instances, destroyed in every phase of a request at a server that never answers, or never
// ends its answer.
TEST_F(SessionLifecycle, TwoHundredInstancesDieWithRequestsUnderWayAndLeaveNothingQ3)
{
    server.answer({{.manner = FakeAnswer::Manner::hang}});
    for (int phase = 0; phase < phaseCount; ++phase) // what is loaded once stays: libcurl, fonts
        liveAndDie(static_cast<Phase>(phase));
    deliverMessagesUntil([] { return false; }, milliseconds(50));
    const auto before = ProcessHandles::now();
    milliseconds longest{0};
    for (int instance = 0; instance < 200; ++instance)
    {
        if (instance % 20 == 0)
            server.answer(
                {{.manner = instance % 40 == 0 ? FakeAnswer::Manner::hang : FakeAnswer::Manner::hangInBody}});
        longest = std::max(longest, liveAndDie(static_cast<Phase>(instance % phaseCount)));
    }
    std::cout << "the slowest of 200 destructors took " << longest.count() << " ms\n";
    EXPECT_LT(longest, destructorLimit);
    EXPECT_TRUE(test::handlesFallTo(before)) // the server's ends of the connections are in this process, too
        << ProcessHandles::now().threads << " threads and " << ProcessHandles::now().files
        << " files, before: " << before.threads << " and " << before.files;
}

// Q4: two instances at the same server, one dies, the other gets its answer.
TEST_F(SessionLifecycle, TwoInstancesDoNotKnowOfEachOtherQ4)
{
    server.answer({{.manner = FakeAnswer::Manner::hang}});
    auto first = std::make_unique<TonewrightProcessor>();
    TonewrightProcessor second;
    const auto toneOfSecond = second.session().currentPreset();
    first->session().generate("warm jazz clean");
    second.session().generate("dark doom fuzz");
    ASSERT_TRUE(server.waitForRequests(2));
    first.reset();
    EXPECT_TRUE(second.session().status().isGenerating);
    EXPECT_EQ(second.session().currentPreset(), toneOfSecond);
    second.session().cancelGeneration();
    ASSERT_EQ(applied(second.session(), Engine::offline, server.baseUrl()), "");
    second.session().generate("dark doom fuzz");
    ASSERT_TRUE(deliverMessagesUntil([&] { return !second.session().status().isGenerating; }));
    EXPECT_EQ(second.session().currentPreset().prompt, "dark doom fuzz");
}

// Q5: the answer comes after the editor was closed; the tone changes all the same.
TEST_F(SessionLifecycle, AnAnswerAfterTheEditorClosedIsAppliedQ5)
{
    TonewrightProcessor processor;
    ASSERT_EQ(applied(processor.session(), Engine::offline, server.baseUrl()), "");
    std::unique_ptr<juce::AudioProcessorEditor> editor(processor.createEditorIfNeeded());
    processor.session().generate("dark doom fuzz");
    editor.reset();
    ASSERT_TRUE(deliverMessagesUntil([&] { return !processor.session().status().isGenerating; }));
    EXPECT_EQ(processor.session().currentPreset().prompt, "dark doom fuzz");
}

/// Delivers every message that comes within `time` and says how many did.
int messagesWithin(milliseconds time)
{
    int count = 0;
    const auto deadline = steady_clock::now() + time;
    while (steady_clock::now() < deadline)
        if (test::deliverOneMessage())
            ++count;
        else
            std::this_thread::sleep_for(milliseconds(1));
    return count;
}

/// Whether messages stop coming: a timer of ours comes at least every 40 ms. What making, closing and drawing
/// leave to do may take a busy machine a while.
bool fallsSilent()
{
    for (const auto deadline = steady_clock::now() + std::chrono::seconds(20);
         steady_clock::now() < deadline;)
        if (messagesWithin(milliseconds(300)) == 0)
            return true;
    return false;
}

/// The control: whether messages keep coming.
bool keepsWaking()
{
    int count = 0;
    for (const auto deadline = steady_clock::now() + std::chrono::seconds(20);
         count < 10 && steady_clock::now() < deadline;)
        count += messagesWithin(milliseconds(20));
    return count >= 10;
}

// Idle CPU 0: no timer of the plugin's runs, so the message thread is never woken.
TEST_F(SessionLifecycle, NothingWakesTheMessageThreadWhileNothingIsUnderWay)
{
    TonewrightProcessor processor;
    auto& session = dynamic_cast<PluginSession&>(processor.session());
    EXPECT_FALSE(session.isFetching());
    EXPECT_TRUE(fallsSilent()) << "before the first prompt";

    server.answer({{.manner = FakeAnswer::Manner::hang}});
    session.generate("warm jazz clean");
    EXPECT_TRUE(session.isFetching());
    ASSERT_TRUE(server.waitForRequests(1));
    EXPECT_TRUE(keepsWaking()) << "a request under way is looked after";
    session.cancelGeneration();
    EXPECT_TRUE(deliverMessagesUntil([&] { return !session.isFetching(); }));
    EXPECT_TRUE(fallsSilent()) << "after a cancel";

    ASSERT_EQ(applied(session, Engine::offline, server.baseUrl()), "");
    session.generate("dark doom fuzz");
    EXPECT_TRUE(deliverMessagesUntil([&] { return !session.isFetching(); }));
    EXPECT_FALSE(session.status().isGenerating) << "the last message was fetched before the timer stopped";
    EXPECT_TRUE(fallsSilent()) << "after an answer";
}

TEST_F(SessionLifecycle, AClosedEditorLeavesNoTimer)
{
    if (std::getenv("DISPLAY") == nullptr)
        GTEST_SKIP() << "There is no display.";
    TonewrightProcessor processor;
    {
        test::surviveMissingWindowManager();
        std::unique_ptr<juce::AudioProcessorEditor> editor(processor.createEditorIfNeeded());
        editor->addToDesktop(0);
        editor->setVisible(true);
        EXPECT_TRUE(keepsWaking()) << "an open editor follows its parameters";
        editor->setVisible(false);
        EXPECT_FALSE(editor->isShowing());
    }
    EXPECT_TRUE(fallsSilent());
}

/// A host may put a window away without closing it, the tuner's card open.
TEST_F(SessionLifecycle, ATunerThatCannotBeSeenMutesNothing)
{
    if (std::getenv("DISPLAY") == nullptr)
        GTEST_SKIP() << "There is no display.";
    TonewrightProcessor processor;
    test::surviveMissingWindowManager();
    std::unique_ptr<juce::AudioProcessorEditor> editor(processor.createEditorIfNeeded());
    editor->addToDesktop(0);
    editor->setVisible(true);
    EXPECT_TRUE(editor->keyPressed(juce::KeyPress('t', juce::ModifierKeys::commandModifier, 0)));
    EXPECT_TRUE(processor.tunerTap().isMuted());
    editor->setVisible(false);
    EXPECT_FALSE(processor.tunerTap().isMuted());
    editor->setVisible(true);
    EXPECT_TRUE(processor.tunerTap().isMuted()) << "the card is still open";
}

// Q9: what the message thread does for a prompt is short, whatever the server does.
TEST_F(SessionLifecycle, TheMessageThreadIsNeverHeldUpQ9)
{
    server.answer({{.manner = FakeAnswer::Manner::hang}});
    TonewrightProcessor processor;
    std::vector<double> times;
    const auto measure = [&](const auto& call)
    {
        const auto start = steady_clock::now();
        call();
        times.push_back(std::chrono::duration<double, std::milli>(steady_clock::now() - start).count());
    };
    for (int round = 0; round < 50; ++round)
    {
        measure([&] { processor.session().generate("warm jazz clean"); });
        measure([&] { deliverMessagesUntil([] { return true; }); });
        measure([&] { processor.session().cancelGeneration(); });
    }
    std::sort(times.begin(), times.end());
    const double median = times[times.size() / 2];
    std::cout << "calls from the message thread: median " << median << " ms, slowest " << times.back()
              << " ms\n";
    EXPECT_LT(median, 5.0);
    EXPECT_LT(times.back(), 1'000.0); // not a wait for the network; the machine may pause
}

} // namespace
} // namespace tonewright::plugin
