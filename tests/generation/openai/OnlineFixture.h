#pragma once

#include "generation/OnlineSupport.h"
#include "generation/PresetGenerationManager.h"
#include "generation/openai/HttpTransport.h"
#include "generation/openai/OpenAiGenerator.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

namespace tonewright::test
{

/// The key of every test: whoever finds it in what Tonewright shows or keeps has found a leak.
inline const std::string sentinel = "tw-SENTINEL-0123456789";

/// Stands in for the built-in generator.
class PlainGenerator final : public PresetGenerator
{
public:
    Result<Preset, GenerationError> generate(const GenerationRequest& request, const Cancellation&,
                                             const ProgressCallback&) override
    {
        Preset preset;
        preset.name = "plain";
        preset.prompt = request.prompt;
        preset.source.engine = "offline";
        return preset;
    }
};

/// The whole way from a prompt to a message, over a real socket.
class OnlineFixture : public testing::Test
{
protected:
    OnlineFixture()
    {
        options.jitterSeed = 1;
        options.retry.firstWait = std::chrono::milliseconds(1);
        options.audition = [](Preset&, const ToneExpectation&, const Cancellation&)
        { return AuditionReport{}; };
        options.expect = [](const GenerationRequest&, const Preset&) { return ToneExpectation{}; };
        model->setServer({server.baseUrl(), "fake-model", sentinel});
        start();
    }

    void start()
    {
        manager = std::make_unique<PresetGenerationManager>(outbox, std::make_shared<PlainGenerator>(), model,
                                                            options);
        manager->setTimeout(std::chrono::milliseconds(5000));
    }

    RequestId submit(const std::string& prompt = "classic rock crunch")
    {
        GenerationRequest request;
        request.prompt = prompt;
        return manager->generatePresetFromText(request);
    }

    Preset generate(const std::string& prompt = "classic rock crunch")
    {
        const auto id = submit(prompt);
        const auto terminal = messages.terminalOf(id);
        if (!terminal || !std::holds_alternative<PresetGenerated>(*terminal))
            throw std::runtime_error("no preset came");
        EXPECT_EQ(messages.terminalCount(id), 1u);
        lastDetail = std::get<PresetGenerated>(*terminal).detail;
        return std::get<PresetGenerated>(*terminal).preset;
    }

    /// What every bad server must come to: the built-in generator's preset, in time, with one clear sentence
    /// and a technical detail, and the key in neither.
    std::string expectFallback()
    {
        const auto begin = std::chrono::steady_clock::now();
        const auto preset = generate();
        EXPECT_LT(millisecondsSince(begin), 15'000);
        EXPECT_EQ(preset.name, "plain");
        EXPECT_EQ(preset.parameters, ParameterSet{});
        EXPECT_TRUE(preset.source.fallback);
        const auto reason = preset.source.fallbackReason;
        EXPECT_TRUE(reason.ends_with('.')) << reason;
        EXPECT_LT(reason.size(), 200u) << reason;
        EXPECT_EQ(reason.find_first_of("\n{<"), std::string::npos) << reason;
        EXPECT_EQ((reason + lastDetail).find("SENTINEL"), std::string::npos) << lastDetail;
        EXPECT_NE(lastDetail, "");
        return reason;
    }

    IsolatedEnvironment environment;
    FakeServer server;
    ThreadSafeQueue<Message> outbox;
    MessageCollector messages{outbox};
    GenerationOptions options;
    std::shared_ptr<OpenAiGenerator> model = std::make_shared<OpenAiGenerator>();
    std::string lastDetail;
    std::unique_ptr<PresetGenerationManager> manager; // the last: goes first
};

} // namespace tonewright::test
