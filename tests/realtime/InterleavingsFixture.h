#pragma once

#include "support/Interleavings.h"

#include <gtest/gtest.h>

#include <iostream>
#include <string>

namespace tonewright::test
{

/// Runs the explorer and says what it found.
class InterleavingsFixture : public testing::Test
{
protected:
    void SetUp() override
    {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
        GTEST_SKIP() << "sanitizers do not follow stacks that are switched by hand; the explorer has its own "
                        "race check";
#endif
    }

    static void expectHolds(const interleaving::Outcome& outcome)
    {
        EXPECT_EQ(outcome.failure, "");
        EXPECT_TRUE(outcome.isExhausted);
        std::cout << outcome.schedules << " schedules\n";
    }

    static void expectCaught(const interleaving::Outcome& outcome, const std::string& what)
    {
        EXPECT_NE(outcome.failure.find(what), std::string::npos)
            << "failure: " << outcome.failure << ", schedules: " << outcome.schedules;
    }
};

} // namespace tonewright::test
