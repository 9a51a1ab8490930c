#pragma once

#include "generation/offline/OfflineGenerator.h"

#include <gtest/gtest.h>

#include <string>

namespace tonewright::test
{

/// A new tone from words; fails the test when there is none.
inline Preset made(const std::string& prompt, double tempo = 0, int variation = 0)
{
    OfflineGenerator generator;
    GenerationRequest request;
    request.prompt = prompt;
    request.tempo = tempo;
    request.variation = variation;
    auto result = generator.generate(request, Cancellation(), {});
    EXPECT_TRUE(static_cast<bool>(result)) << prompt;
    return result ? *result : Preset{};
}

/// The current preset after a prompt; whether it is an edit or a new tone is the generator's judgement.
inline Preset changed(const Preset& current, const std::string& prompt)
{
    OfflineGenerator generator;
    GenerationRequest request;
    request.prompt = prompt;
    request.current = current;
    auto result = generator.generate(request, Cancellation(), {});
    EXPECT_TRUE(static_cast<bool>(result)) << prompt;
    return result ? *result : Preset{};
}

inline bool isEdit(const Preset& current, const std::string& prompt)
{
    GenerationRequest request;
    request.prompt = prompt;
    request.current = current;
    return OfflineGenerator::isEdit(request);
}

} // namespace tonewright::test
