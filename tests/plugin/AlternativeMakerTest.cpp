#include "plugin/AlternativeMaker.h"

#include "generation/Alternative.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

namespace tonewright::plugin
{
namespace
{
/// Turns the gain down, each variation further; notes what it was asked.
class NotingGenerator final : public PresetGenerator
{
public:
    Result<Preset, GenerationError> generate(const GenerationRequest& request,
                                             const Cancellation& cancellation,
                                             const ProgressCallback&) override
    {
        {
            const std::lock_guard lock(mutex);
            asked.push_back(request);
        }
        if (failure)
            return *failure;
        while (isSlow && !cancellation.waitFor(std::chrono::milliseconds(10)))
        {
        }
        auto preset = *request.current;
        preset.parameters["amp.gain"_p] = static_cast<float>(4 - request.variation);
        return preset;
    }

    std::vector<GenerationRequest> requests() const
    {
        const std::lock_guard lock(mutex);
        return asked;
    }

    std::optional<GenerationError> failure; // set while nobody asks
    bool isSlow = false;

private:
    mutable std::mutex mutex;
    std::vector<GenerationRequest> asked;
};

class AlternativeMakerTest : public testing::Test
{
protected:
    AlternativeMakerTest()
    {
        GenerationOptions options;
        options.audition = [](Preset&, const ToneExpectation&, const Cancellation&)
        { return AuditionReport{}; };
        options.expect = [](const GenerationRequest&, const Preset&)
        {
            ToneExpectation expectation;
            expectation.isEdit = true; // compared by values, which takes no time
            return expectation;
        };
        manager.emplace(outbox, generator, nullptr, options);
        prompt.prompt = "less gain";
        prompt.current.emplace();
        first = *prompt.current;
        first.parameters["amp.gain"_p] = 4;
    }

    /// Hands over messages until nothing is under way; returns how many were the maker's.
    int deliver()
    {
        int own = 0;
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (maker.offered().isUnderWay && std::chrono::steady_clock::now() < end)
        {
            Message message;
            if (!outbox.tryPop(message))
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            else if (const auto* made = std::get_if<PresetGenerated>(&message))
                own += maker.take(*made, *manager) ? 1 : 0;
            else if (const auto* failed = std::get_if<PresetGenerationFailed>(&message))
                own += maker.take(*failed) ? 1 : 0;
        }
        EXPECT_FALSE(maker.offered().isUnderWay) << "a message was lost";
        return own;
    }

    ThreadSafeQueue<Message> outbox;
    std::shared_ptr<NotingGenerator> generator = std::make_shared<NotingGenerator>();
    AlternativeMaker maker;
    std::optional<PresetGenerationManager> manager;
    GenerationRequest prompt;
    Preset first;
};

TEST_F(AlternativeMakerTest, AsksOneAfterTheOtherInTheBackgroundAndTellsEachOfThoseBefore)
{
    maker.make(*manager, prompt.engine);
    EXPECT_FALSE(maker.offered().isUnderWay) << "there is no answer yet";
    maker.begin(prompt, first);
    maker.make(*manager, prompt.engine);
    maker.make(*manager, prompt.engine);
    EXPECT_EQ(deliver(), 3);
    ASSERT_EQ(maker.offered().answers.size(), 4u);
    const auto asked = generator->requests();
    ASSERT_EQ(asked.size(), 3u);
    for (std::size_t turn = 0; turn < asked.size(); ++turn)
    {
        EXPECT_EQ(asked[turn].priority, RequestPriority::background);
        EXPECT_EQ(asked[turn].variation, static_cast<int>(turn) + 1);
        EXPECT_EQ(asked[turn].others.size(), turn + 1);
        EXPECT_EQ(asked[turn].prompt, prompt.prompt);
        EXPECT_NE(maker.offered().answers[turn + 1].source.difference, "");
    }
    maker.make(*manager, prompt.engine);
    EXPECT_FALSE(maker.offered().isUnderWay) << "three are enough";
}

TEST_F(AlternativeMakerTest, KeepsWhatCameBeforeItWasStoppedAndTakesNothingLater)
{
    generator->isSlow = true;
    maker.stop(nullptr);
    maker.begin(prompt, first);
    maker.make(*manager, prompt.engine);
    maker.stop(&*manager);
    EXPECT_FALSE(maker.offered().isUnderWay);
    while (manager->isGeneratingPreset())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    int ended = 0;
    for (Message message; outbox.tryPop(message);)
        if (const auto* failed = std::get_if<PresetGenerationFailed>(&message))
        {
            ++ended;
            EXPECT_FALSE(maker.take(*failed));
        }
    EXPECT_EQ(ended, 1);
    EXPECT_EQ(maker.offered().answers.size(), 1u);
    EXPECT_EQ(maker.offered().problem, "") << "the player knows";
}

TEST_F(AlternativeMakerTest, SaysWhyThereAreFewerAndAsksAgainOnlyWhereThatMayHelp)
{
    generator->failure = GenerationError{GenerationErrorKind::internal, "It failed.", {}};
    maker.begin(prompt, first);
    maker.make(*manager, prompt.engine);
    EXPECT_EQ(deliver(), 1);
    EXPECT_EQ(maker.offered().problem, "It failed.");
    generator->failure = noAlternative();
    maker.make(*manager, prompt.engine);
    EXPECT_EQ(deliver(), 1);
    const auto asked = generator->requests().size();
    maker.make(*manager, prompt.engine);
    EXPECT_FALSE(maker.offered().isUnderWay);
    EXPECT_EQ(generator->requests().size(), asked);
    EXPECT_EQ(maker.offered().problem, noAlternative().message);

    generator->failure.reset();
    maker.begin(prompt, first);
    EXPECT_EQ(maker.offered().problem, "") << "other words";
    maker.make(*manager, prompt.engine);
    EXPECT_EQ(deliver(), 3);
}
} // namespace
} // namespace tonewright::plugin
