#pragma once

#include "AppliedSettings.h"
#include "JuceEnvironment.h"
#include "plugin/TonewrightProcessor.h"
#include "support/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>

namespace tonewright::plugin
{

/// A processor whose settings, presets and logs live in a folder of the test, without a network or a key.
class SessionFixture : public testing::Test
{
protected:
    test::TemporaryFolder folder;
    std::unique_ptr<TonewrightProcessor> processor;

    void SetUp() override
    {
        setenv("TONEWRIGHT_CONFIG_DIR", folder.path().c_str(), 1);
        for (const char* name : {"OPENAI_API_KEY", "OPENAI_BASE_URL", "TONEWRIGHT_MODEL"})
            unsetenv(name);
        processor = std::make_unique<TonewrightProcessor>();
    }
    void TearDown() override
    {
        processor.reset();
        unsetenv("TONEWRIGHT_CONFIG_DIR");
    }

    ToneSession& session() { return processor->session(); }
    std::string name() { return session().currentPreset().name; }

    bool generationEnds()
    {
        return test::deliverMessagesUntil([this] { return !session().status().isGenerating; });
    }
};

} // namespace tonewright::plugin
