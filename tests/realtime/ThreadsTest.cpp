#include "realtime/Threads.h"

#include "realtime/ScopedFlushDenormals.h"

#include <gtest/gtest.h>

#include <limits>
#include <thread>

namespace tonewright
{
namespace
{

TEST(Threads, rolesNestAndBelongToOneThread)
{
    EXPECT_EQ(currentThreadRole(), ThreadRole::unknown);
    {
        const ScopedThreadRole outer(ThreadRole::message);
        {
            const ScopedThreadRole inner(ThreadRole::audio);
            EXPECT_EQ(currentThreadRole(), ThreadRole::audio);
        }
        EXPECT_EQ(currentThreadRole(), ThreadRole::message);
        std::thread([] { EXPECT_EQ(currentThreadRole(), ThreadRole::unknown); }).join();
    }
    EXPECT_EQ(currentThreadRole(), ThreadRole::unknown);
}

#ifndef NDEBUG
TEST(ThreadsDeathTest, aKnownThreadOfAnotherRoleIsCaught)
{
    const ScopedThreadRole role(ThreadRole::audio);
    EXPECT_DEATH(assertThreadRole(ThreadRole::message), "another role");
    EXPECT_DEATH(assertNotAudioThread(), "audio thread");
}
#endif

#if defined(__SSE2__) || defined(__aarch64__)
TEST(ScopedFlushDenormals, flushesInsideAndRestoresOutside)
{
    volatile float tiny = std::numeric_limits<float>::min();
    volatile float half = 0.5f;
    EXPECT_GT(tiny * half, 0.0f);
    {
        const ScopedFlushDenormals flush;
        EXPECT_EQ(tiny * half, 0.0f);
    }
    EXPECT_GT(tiny * half, 0.0f);
}
#endif

} // namespace
} // namespace tonewright
