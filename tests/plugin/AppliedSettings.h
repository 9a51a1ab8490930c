#pragma once

#include "JuceEnvironment.h"
#include "plugin/ToneSession.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace tonewright::test
{

/// Applies settings and waits until they are saved; returns what was wrong with them or with saving them.
inline std::string applied(plugin::ToneSession& session, Engine engine, const std::string& server,
                           const std::string& model = "model", const std::string& key = {})
{
    std::optional<std::string> ended;
    auto problem = session.applySettings(engine, server, model, key,
                                         [&ended](const std::string& saved) { ended = saved; });
    if (!problem.empty())
        return problem;
    EXPECT_TRUE(deliverMessagesUntil([&ended] { return ended.has_value(); }));
    return ended.value_or("never told");
}

} // namespace tonewright::test
